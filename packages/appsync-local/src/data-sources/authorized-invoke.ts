import { randomUUID } from 'node:crypto';
import type { Judge } from '../iam/access.ts';
import { hostError, type InvokeLambda } from '../lambda/lambda-result.ts';

/**
 * Invokes as a role, and is refused what the role may not do (docs/facts/lambda.md#lambda-denied).
 * @param judge undefined refuses nothing
 * @param invokedArn with the version or alias that the template names. @default the ARN that is invoked
 */
export function authorizedInvoke(
  invoke: InvokeLambda,
  judge: Judge | undefined,
  invokedArn?: string,
): InvokeLambda {
  if (!judge) {
    return invoke;
  }
  return async (functionArn, payload, invocationType, cause) => {
    const refusal = judge({ action: 'lambda:InvokeFunction', resource: invokedArn ?? functionArn });
    return refusal
      ? hostError('LambdaException', `${refusal.message} ${service()}`)
      : invoke(functionArn, payload, invocationType, cause);
  };
}

const service = (): string => `(Service: Lambda, Status Code: 403, Request ID: ${randomUUID()})`;
