import type { Stack } from './assembly.ts';
import { stableUuid } from './identity/names.ts';
import { NO_VALUE, Unresolvable } from './intrinsics.ts';

const values: Record<string, (stack: Stack) => unknown> = {
  'AWS::AccountId': (stack) => stack.accountId,
  'AWS::NoValue': () => NO_VALUE,
  'AWS::NotificationARNs': () => [],
  'AWS::Partition': () => 'aws',
  'AWS::Region': (stack) => stack.region,
  'AWS::StackId': (stack) =>
    `arn:aws:cloudformation:${stack.region}:${stack.accountId}:stack/${stack.name}/${stableUuid(stack.name)}`,
  'AWS::StackName': (stack) => stack.name,
  'AWS::URLSuffix': () => 'amazonaws.com',
};

/** `AWS::Region` and the like. @throws Unresolvable for a name that CloudFormation lacks. */
export function pseudoParameter(name: string, stack: Stack): unknown {
  const read = values[name];
  if (read === undefined) {
    throw new Unresolvable(`CloudFormation has no pseudo parameter ${name}`);
  }
  return read(stack);
}
