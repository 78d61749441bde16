import type { Stack } from './assembly.ts';
import type { IdentityOptions } from './identity/identity.ts';

/** Evaluates the expressions of one stack, each on first use. */
export interface Scope {
  stack: Stack;
  /**
   * @param place for messages: `resource Tasks`
   * @returns JSON without intrinsic functions; undefined for `AWS::NoValue`
   * @throws StartFailure when an expression has no value, with stack, place and expression
   */
  resolve(expression: unknown, place: string): unknown;
  /** Whether the resource exists: its condition holds, or it has none. */
  isPresent(logicalId: string): boolean;
  /** Whether a condition holds; true without a condition. @param place for messages */
  holds(condition: string | undefined, place: string): boolean;
  /** An output's value. @throws Unresolvable when the stack lacks the output. */
  output(name: string): unknown;
}

/** What a scope needs from other stacks. */
export interface OtherStacks {
  options: IdentityOptions;
  /** Values of `Ref` and `Fn::GetAtt` that only AWS knows, as they are made up here. */
  invented: Set<unknown>;
  scopeOf(stack: Stack): Scope;
  /** @throws Unresolvable when no stack exports the name. */
  exported(name: string): unknown;
  /** @throws Unresolvable for an unknown stack or output. */
  stackOutput(stackName: string, output: string): unknown;
  /** The value of the `AWS::SSM::Parameter` with this name. @throws Unresolvable when there is none. */
  ssmParameter(name: string): unknown;
}
