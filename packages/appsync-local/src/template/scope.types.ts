import type { Stack } from './assembly.ts';
import type { IdentityOptions } from './identity/identity.ts';

/** Gives the expressions of one stack their values, each when it is first asked for. */
export interface Scope {
  stack: Stack;
  /**
   * @param place for messages: `resource Tasks`
   * @returns JSON without intrinsic functions; undefined for `AWS::NoValue`
   * @throws StartFailure when an expression has no value; it names stack, place and expression
   */
  resolve(expression: unknown, place: string): unknown;
  /** Whether the resource's condition, if it has one, holds. */
  isPresent(logicalId: string): boolean;
  /** Whether a condition holds; true for none. @param place for messages */
  holds(condition: string | undefined, place: string): boolean;
  /** An output's value. @throws Unresolvable when the stack has no such output. */
  output(name: string): unknown;
}

/** What a scope asks of the other stacks. */
export interface OtherStacks {
  options: IdentityOptions;
  scopeOf(stack: Stack): Scope;
  /** @throws Unresolvable when no stack exports the name. */
  exported(name: string): unknown;
  /** @throws Unresolvable when there is no such stack or output. */
  stackOutput(stackName: string, output: string): unknown;
  /** The value of an `AWS::SSM::Parameter` with this name. @throws Unresolvable when there is none. */
  ssmParameter(name: string): unknown;
}
