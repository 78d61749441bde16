import { describe, expect, it, vi } from 'vitest';
import { authorizeRealtime } from '../../../src/auth/authorize-realtime.ts';
import type { AuthorizerEvent } from '../../../src/auth/authorizer-event.ts';
import { createLambdaVerifier, type InvokeAuthorizer } from '../../../src/auth/lambda-authorizer.ts';
import type { AuthMode } from '../../../src/template/app-model.ts';
import {
  ACCOUNT_ID,
  apiModel,
  authorizeWith,
  COGNITO,
  IAM,
  MISSING,
  NOT_AUTHORIZED,
  poolIssuer,
  refusalOf,
  request,
  UNPARSABLE,
} from './harness/modes.ts';
import { signed } from './harness/signed.ts';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:authorizer';
const LAMBDA = { type: 'AWS_LAMBDA' as const, functionArn: ARN, resultTtlSeconds: 0 };
const API_ARN = apiModel([]).arn;

const answering = (payload: unknown) =>
  vi.fn<InvokeAuthorizer>(async () => ({ kind: 'answer' as const, payload }));
const tokened = (authorization: string, more = {}) => request({ authorization }, more);

/** What becomes of one request when the authorizer answers so. */
async function judged(payload: unknown): Promise<{ outcome: unknown; lines: string[] }> {
  const lines: string[] = [];
  const authorize = authorizeWith([LAMBDA], { invoke: answering(payload), log: (line) => lines.push(line) });
  const outcome = await refusalOf(authorize(tokened('t'))).catch(() => 'admitted');
  return { outcome, lines };
}

describe('the event', () => {
  const eventOf = async (changed: Parameters<typeof tokened>[1], headers = {}): Promise<AuthorizerEvent> => {
    const invoke = answering({ isAuthorized: true });
    await authorizeWith([LAMBDA], { invoke })(request({ authorization: 't', ...headers }, changed));
    return invoke.mock.calls[0]![1];
  };

  it('tells token, API, operation and headers, but no cookies', async () => {
    const body = JSON.stringify({ query: 'query Q { a }', operationName: 'Q', variables: { v: 1 } });

    const event = await eventOf({ body, requestId: 'r1' }, { cookie: 'c', 'x-many': ['a', 'b'] });

    expect(event).toEqual({
      authorizationToken: 't',
      requestContext: {
        apiId: 'abcdefghijklmnopqrstuvwxyz',
        accountId: ACCOUNT_ID,
        requestId: 'r1',
        queryString: 'query Q { a }',
        operationName: 'Q',
        variables: { v: 1 },
      },
      requestHeaders: { authorization: 't', 'x-many': 'a,b' },
    });
  });

  it('is made from the query string of a GET', async () => {
    const url = `/graphql?query=${encodeURIComponent('{ a }')}&variables=${encodeURIComponent('{"v":1}')}`;

    const { requestContext } = await eventOf({ method: 'GET', url, body: '' });

    expect(requestContext).toMatchObject({ queryString: '{ a }', operationName: null, variables: { v: 1 } });
  });

  it.each(['', 'meow', '[]', '{"query":7,"variables":"x","operationName":{}}'])(
    'leaves out what the body %j does not say',
    async (body) => {
      const { requestContext } = await eventOf({ body });

      expect(requestContext).toMatchObject({ queryString: '', operationName: null, variables: {} });
      expect(requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('of a real-time connection has no query; that of a start has its own', async () => {
    const invoke = answering({ isAuthorized: true });
    const realtime = authorizeRealtime(authorizeWith([LAMBDA], { invoke }));
    const peer = { headers: {}, remoteAddress: '127.0.0.1' };

    await realtime.connect({ host: 'h', Authorization: 't' }, peer);
    await realtime.start({ host: 'h', Authorization: 't' }, '{"query":"subscription { a }"}', peer);

    const contexts = invoke.mock.calls.map(([, { requestContext }]) => requestContext);
    expect(contexts[0]).toMatchObject({ queryString: '', operationName: 'DeepDish:Connect', variables: {} });
    expect(contexts[1]).toMatchObject({ queryString: 'subscription { a }', operationName: null });
  });
});

describe('the answer', () => {
  it('becomes the identity and the denied fields, in short and in full', async () => {
    const invoke = answering({
      isAuthorized: true,
      resolverContext: { tenant: 't1', none: null },
      deniedFields: [
        'Query.a',
        `${API_ARN}/types/Note/fields/text`,
        `${API_ARN}x/types/Note/fields/other`,
        `${API_ARN}/types/Note`,
      ],
    });

    const caller = await authorizeWith([LAMBDA], { invoke })(tokened('t'));

    expect(caller).toEqual({
      mode: 'AWS_LAMBDA',
      identity: { resolverContext: { tenant: 't1', none: null } },
      groups: [],
      deniedFields: new Set(['Query.a', 'Note.text']),
    });
  });

  it('that says no is refused without a line in the log', async () => {
    expect(await judged({ isAuthorized: false })).toEqual({ outcome: NOT_AUTHORIZED, lines: [] });
  });

  it.each<[unknown, string]>([
    [{}, 'isAuthorized is absent; it must be true or false'],
    [{ isAuthorized: 'true' }, 'isAuthorized is "true"; it must be true or false'],
    [null, 'its answer is null; it must be an object'],
    ['yes', 'its answer is "yes"; it must be an object'],
    [[true], 'its answer is [true]; it must be an object'],
    [{ isAuthorized: true, resolverContext: 'x' }, 'resolverContext is "x"; it must be an object'],
    [
      { isAuthorized: true, resolverContext: { user: { id: 1 } } },
      'resolverContext.user is {"id":1}; AppSync takes no nested values there, so send it as text',
    ],
    [
      { isAuthorized: true, deniedFields: 'Query.a' },
      'deniedFields is "Query.a"; it must be a list of texts',
    ],
    [{ isAuthorized: true, deniedFields: [1] }, 'deniedFields is [1]; it must be a list of texts'],
    [{ isAuthorized: true, ttlOverride: -1 }, 'ttlOverride is -1; it must be seconds, 0 or more'],
    [{ isAuthorized: true, ttlOverride: '60' }, 'ttlOverride is "60"; it must be seconds, 0 or more'],
  ])('that is wrong is refused, and the log says why: %j', async (payload, reason) => {
    expect(await judged(payload)).toEqual({
      outcome: NOT_AUTHORIZED,
      lines: [`Lambda authorizer authorizer: ${reason}`],
    });
  });

  it('of more than 5 MB is refused, and the log says why', async () => {
    const filler = 'x'.repeat(5 * 1024 * 1024);

    const { outcome, lines } = await judged({ isAuthorized: true, resolverContext: { filler } });

    expect(outcome).toEqual(NOT_AUTHORIZED);
    expect(lines).toEqual([
      'Lambda authorizer authorizer: its answer has 5242933 bytes; AppSync takes 5242880',
    ]);
  });

  it('that does not come is refused, and the log says why', async () => {
    const lines: string[] = [];
    const invoke: InvokeAuthorizer = async () => ({ kind: 'failed', reason: 'failed with Error: boom' });
    const authorize = authorizeWith([LAMBDA], { invoke, log: (line) => lines.push(line) });

    const refusal = await refusalOf(authorize(tokened('t')));

    expect(refusal).toEqual(NOT_AUTHORIZED);
    expect(lines).toEqual(['Lambda authorizer authorizer: failed with Error: boom']);
  });

  it('that comes too late is refused', async () => {
    const lines: string[] = [];
    const verifier = createLambdaVerifier({
      mode: LAMBDA,
      api: { id: 'i', arn: API_ARN, accountId: ACCOUNT_ID },
      invoke: () => new Promise(() => undefined),
      log: (line) => lines.push(line),
      now: Date.now,
      waitMs: 20,
    });

    const refusal = await refusalOf(verifier.verify(tokened('t')));

    expect(refusal).toEqual(NOT_AUTHORIZED);
    expect(lines).toEqual(['Lambda authorizer authorizer: did not answer within 0.02 s']);
  });
});

describe('the cache', () => {
  const HOUR = 3600_000;
  /** How often the authorizer is asked when the same token comes at each of these times. */
  const callsAt = async (times: number[], resultTtlSeconds: number, payload: object): Promise<number> => {
    let now = 0;
    const invoke = answering(payload);
    const authorize = authorizeWith([{ ...LAMBDA, resultTtlSeconds }], { invoke, now: () => now });
    for (const time of times) {
      now = time;
      await authorize(tokened('t')).catch(() => undefined);
    }
    return invoke.mock.calls.length;
  };

  it.each<[string, number[], number, object, number]>([
    ['0 keeps nothing', [0, 0], 0, { isAuthorized: true }, 2],
    ['within the time', [0, 9_999], 10, { isAuthorized: true }, 1],
    ['past the time', [0, 10_000], 10, { isAuthorized: true }, 2],
    ['a refusal too', [0, 1], 10, { isAuthorized: false }, 1],
    ['ttlOverride over the API', [0, 9_999], 0, { isAuthorized: true, ttlOverride: 10 }, 1],
    ['ttlOverride 0 over the API', [0, 1], 10, { isAuthorized: true, ttlOverride: 0 }, 2],
    ['an hour at most', [0, HOUR - 1, HOUR], 0, { isAuthorized: true, ttlOverride: 7200 }, 2],
    ['nothing that is wrong', [0, 1], 10, { isAuthorized: 'true' }, 2],
  ])('keeps %s', async (_, times, ttl, payload, calls) => {
    expect(await callsAt(times, ttl, payload)).toBe(calls);
  });

  it('keeps answers below 1,048,576 bytes only', async () => {
    const answerOf = (bytes: number) => {
      const empty = JSON.stringify({ isAuthorized: true, resolverContext: { f: '' } }).length;
      return { isAuthorized: true, resolverContext: { f: 'x'.repeat(bytes - empty) } };
    };

    expect(await callsAt([0, 1], 10, answerOf(1_048_575))).toBe(1);
    expect(await callsAt([0, 1], 10, answerOf(1_048_576))).toBe(2);
  });

  it('keeps each token apart', async () => {
    const invoke = answering({ isAuthorized: true });
    const authorize = authorizeWith([{ ...LAMBDA, resultTtlSeconds: 10 }], { invoke, now: () => 0 });

    await authorize(tokened('a'));
    await authorize(tokened('b'));
    await authorize(tokened('a'));

    expect(invoke).toHaveBeenCalledTimes(2);
  });
});

describe('a token for the authorizer', () => {
  const issuer = poolIssuer();
  const invoke = answering({ isAuthorized: true });
  const modeFor = async (modes: AuthMode[], make: () => Promise<ReturnType<typeof request>>) => {
    const authorize = authorizeWith(modes, { invoke, issuers: [await issuer] });
    const judging = authorize(await make());
    return judging.then(
      ({ mode }) => mode,
      () => refusalOf(judging),
    );
  };
  const jwt = async () => tokened(await (await issuer).token({ user: 'a' }));

  it.each<[string, AuthMode[], () => Promise<ReturnType<typeof request>>, unknown]>([
    ['is any text', [IAM, COGNITO, LAMBDA], async () => tokened('custom'), 'AWS_LAMBDA'],
    ['is any text alone', [LAMBDA], async () => tokened('Bearer x'), 'AWS_LAMBDA'],
    ['may be a signature alone', [LAMBDA], async () => signed(), 'AWS_LAMBDA'],
    ['is no signature beside IAM', [LAMBDA, IAM], async () => signed(), 'AWS_IAM'],
    ['may be a JWT beside IAM', [LAMBDA, IAM], jwt, 'AWS_LAMBDA'],
    ['is no JWT beside Cognito', [LAMBDA, COGNITO], jwt, 'AMAZON_COGNITO_USER_POOLS'],
    ['has no Bearer beside Cognito', [LAMBDA, COGNITO], async () => tokened('Bearer x'), UNPARSABLE],
    ['is not empty', [LAMBDA], async () => tokened(''), MISSING],
  ])('%s', async (_, modes, make, expected) => {
    expect(await modeFor(modes, make)).toEqual(expected);
  });

  it.each([
    ['tenant-[0-9]+', 'tenant-7', true],
    ['tenant-[0-9]+', 'tenant-7x', false],
    ['tenant-[0-9]+', 'my tenant-7', false],
    ['a|b', 'ab', false],
  ])('matches %s as a whole: %s', async (identityValidationExpression, token, admitted) => {
    const asked = answering({ isAuthorized: true });
    const authorize = authorizeWith([{ ...LAMBDA, identityValidationExpression }], { invoke: asked });

    const outcome = await refusalOf(authorize(tokened(token))).catch(() => 'admitted');

    expect(outcome).toEqual(admitted ? 'admitted' : NOT_AUTHORIZED);
    expect(asked).toHaveBeenCalledTimes(admitted ? 1 : 0);
  });

  it('stops the start where the expression is none', () => {
    expect(() => authorizeWith([{ ...LAMBDA, identityValidationExpression: '(' }])).toThrow(
      "IdentityValidationExpression '(' is not a regular expression",
    );
  });
});

describe('an authorizer that AppSync may not invoke', () => {
  const mode = { ...LAMBDA, notPermitted: true };

  it('is not asked: every token is refused with 400 and a type alone, and the log says what is missing', async () => {
    const [invoke, lines] = [answering({ isAuthorized: true }), [] as string[]];
    const authorize = authorizeWith([mode], { invoke, log: (line) => lines.push(line) });

    const refusal = await refusalOf(authorize(tokened('t')));

    expect(refusal).toEqual([400, 'BadRequestException', '']);
    expect(invoke).not.toHaveBeenCalled();
    expect(lines).toEqual([
      'Lambda authorizer authorizer: AWS::Lambda::Permission for the principal appsync.amazonaws.com is missing, ' +
        'so AppSync could not invoke it; add it to the app',
    ]);
  });

  it('is not reached by a token that IdentityValidationExpression refuses', async () => {
    const authorize = authorizeWith([{ ...mode, identityValidationExpression: 'x' }]);

    expect(await refusalOf(authorize(tokened('t')))).toEqual(NOT_AUTHORIZED);
  });
});
