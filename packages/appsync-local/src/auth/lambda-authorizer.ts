import type { AuthMode } from '../template/app-model.ts';
import { AnswerRefused, readAnswer, type Decision } from './authorizer-answer.ts';
import { authorizerEvent, type AuthorizerEvent } from './authorizer-event.ts';
import type { SignedRequest } from './caller.ts';
import { createDecisionCache } from './decision-cache.ts';
import { compilePattern } from './patterns.ts';
import { authorizerNotPermitted, notAuthorized } from './refusals.ts';
import { headerOf } from './request-headers.ts';
import type { Verifier } from './verifier.ts';

export type LambdaMode = Extract<AuthMode, { type: 'AWS_LAMBDA' }>;

/** The outcome of an invocation, reduced to what an authorizer needs. */
export type AuthorizerResult = { kind: 'answer'; payload: unknown } | { kind: 'failed'; reason: string };

/** Invokes a Lambda function by ARN. Never rejects. */
export type InvokeAuthorizer = (functionArn: string, event: AuthorizerEvent) => Promise<AuthorizerResult>;

/** "Lambda authorizers have a timeout of 10 seconds" (AppSync developer guide, "AWS_LAMBDA authorization"). */
const WAIT_MS = 10_000;

/**
 * Mode AWS_LAMBDA: a Lambda function decides about the token. To the client, every outcome but a yes is the same 401, or 400 if AppSync
 * may not invoke the function; the reason goes to the log.
 *
 * @param log receives one line that says why an authorizer could not decide.
 * @param now epoch milliseconds.
 * @param waitMs how long to wait for an answer. @default 10,000, like AppSync
 * @throws StartFailure when `identityValidationExpression` is not a valid regular expression.
 */
export function createLambdaVerifier(options: {
  mode: LambdaMode;
  api: { id: string; arn: string; accountId: string };
  invoke: InvokeAuthorizer;
  log: (line: string) => void;
  now: () => number;
  waitMs?: number;
}): Verifier {
  const { mode, api, invoke, log, now, waitMs = WAIT_MS } = options;
  const expression = mode.identityValidationExpression;
  const passes =
    expression === undefined ? () => true : compilePattern('IdentityValidationExpression', expression);
  const cache = createDecisionCache(now);

  const decide = async (request: SignedRequest, token: string): Promise<Decision> => {
    if (mode.notRun !== undefined) {
      throw new AnswerRefused(`does not run here: ${mode.notRun}`);
    }
    const result = await within(waitMs, invoke(mode.functionArn, authorizerEvent(request, token, api)));
    if (result.kind === 'failed') {
      throw new AnswerRefused(result.reason);
    }
    const decision = readAnswer(result.payload, api.arn);
    cache.put(token, decision, decision.ttlOverride ?? mode.resultTtlSeconds);
    return decision;
  };

  return {
    mode: mode.type,
    recognizes: (request) => Boolean(headerOf(request, 'authorization')),
    async verify(request) {
      const token = headerOf(request, 'authorization') ?? '';
      if (!passes(token)) {
        throw notAuthorized();
      }
      if (mode.notPermitted) {
        log(`Lambda authorizer ${nameOf(mode)}: ${NOT_PERMITTED}`);
        throw authorizerNotPermitted();
      }
      const decision = cache.get(token) ?? (await decide(request, token).catch(deny(log, mode)));
      if (!decision?.isAuthorized) {
        throw notAuthorized();
      }
      const { resolverContext, deniedFields } = decision;
      return { mode: mode.type, identity: { resolverContext }, groups: [], deniedFields };
    },
  };
}

const NOT_PERMITTED =
  'AWS::Lambda::Permission for the principal appsync.amazonaws.com is missing, so AppSync could not invoke it; add it to the app';

const nameOf = ({ functionArn }: LambdaMode): string => functionArn.split(':')[6] ?? functionArn;

const deny =
  (log: (line: string) => void, mode: LambdaMode) =>
  (error: unknown): undefined => {
    if (!(error instanceof AnswerRefused)) {
      throw error;
    }
    log(`Lambda authorizer ${nameOf(mode)}: ${error.message}`);
  };

/** A function that answers too late continues to run, and its answer is ignored. */
async function within(waitMs: number, answer: Promise<AuthorizerResult>): Promise<AuthorizerResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<AuthorizerResult>((resolve) => {
    const reason = `did not answer within ${waitMs / 1000} s`;
    timer = setTimeout(() => resolve({ kind: 'failed', reason }), waitMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
