import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { ask, check, refusalOf, resultOf } from './ask.ts';

const DG = 'AppSync developer guide, resolver-reference-lambda-js';
const DIRECT = 'AppSync developer guide, direct-lambda-reference';
const invoke = (payload: unknown, more: object = {}) => ({ operation: 'Invoke', payload, ...more });
const direct = 'query ($what: String!) { direct(what: $what) }';

const VALUES: [id: string, what: string, value: unknown][] = [
  ['DSC-100', 'an object', { a: [1, { b: null }] }],
  ['DSC-101', 'a text', 'text'],
  ['DSC-102', 'zero', 0],
  ['DSC-103', 'a list', [1, 2]],
];

export const lambdaChecks: Check[] = [
  ...VALUES.map(([id, what, value]) =>
    check(
      id,
      `a Lambda function gets the payload itself, and its answer is the result: ${what}`,
      DG,
      'documented',
      async (api) => assert.deepEqual(await resultOf(api, 'lambda', invoke(value)), value),
    ),
  ),
  check('DSC-104', 'a function that answers nothing has null as its result', DG, 'documented', async (api) =>
    assert.deepEqual(await ask(api, 'lambda', invoke({ do: 'answer nothing' })), {
      result: null,
      error: null,
    }),
  ),
  check(
    'DSC-105',
    'an exception is Lambda:Unhandled with its message and no result',
    'aws/aws-appsync-community#386',
    'observed',
    async (api) =>
      assert.deepEqual(await ask(api, 'lambda', invoke({ do: 'throw' })), {
        result: null,
        error: { type: 'Lambda:Unhandled', message: 'no' },
      }),
  ),
  check('DSC-106', 'handlers do not see the class of an exception', DG, 'inferred', async (api) =>
    assert.deepEqual((await ask(api, 'lambda', invoke({ do: 'throw a class' }))).error, {
      type: 'Lambda:Unhandled',
      message: 'none left',
    }),
  ),
  check(
    'DSC-107',
    'a function that exceeds its time is Lambda:ExecutionTimeoutException',
    'aws/aws-appsync-community#386',
    'observed',
    async (api) => {
      const { error } = await ask(api, 'lambda', invoke({ do: 'sleep' }));
      assert.deepEqual(error, {
        type: 'Lambda:ExecutionTimeoutException',
        message: 'Execution timed out.',
        unhandledErrorType: 'Sandbox.Timedout',
      });
    },
  ),
  check(
    'DSC-108',
    'a function whose process ends is Lambda:Unhandled',
    'Lambda developer guide, nodejs exceptions',
    'inferred',
    async (api) => {
      const { error } = await ask(api, 'lambda', invoke({ do: 'exit' }));
      assert.equal(error?.type, 'Lambda:Unhandled');
      assert.match(error.message, /Runtime exited with error: exit status 1/);
    },
  ),
  check(
    'DSC-109',
    'an answer over 6 MB is an error',
    'Lambda developer guide, quotas',
    'documented',
    async (api) => {
      const { error } = await ask(api, 'lambda', invoke({ do: 'answer too much' }));
      assert.equal(error?.type, 'Lambda:Unhandled');
      assert.match(error.message, /exceeded maximum allowed payload size/);
    },
  ),
  check('DSC-110', 'errorMessage and errorType in an answer are data', DG, 'documented', async (api) =>
    assert.deepEqual(await ask(api, 'lambda', invoke({ do: 'answer errors as data' })), {
      result: { errorMessage: 'no', errorType: 'Own' },
      error: null,
    }),
  ),
  check(
    'DSC-111',
    'an Event invocation answers null at once, regardless of the function’s result',
    DG,
    'documented',
    async (api) =>
      assert.deepEqual(
        await ask(api, 'lambda', invoke({ do: 'answer nothing' }, { invocationType: 'Event' })),
        {
          result: null,
          error: null,
        },
      ),
  ),
  check('DSC-112', 'a Lambda request without operation is refused by path', DG, 'inferred', async (api) => {
    const { errorType, message } = await refusalOf(api, 'lambda', { payload: 1 });
    assert.deepEqual([errorType, message], ['MappingTemplate', "Value for field '$[operation]' not found."]);
  }),
  check(
    'DSC-113',
    'a direct resolver sends the seven members of the context',
    DIRECT,
    'documented',
    async (api) => {
      const data = await api.succeed(direct, { what: 'tell' });
      const event = JSON.parse((data as { direct: string }).direct) as Record<string, unknown>;
      const members = ['arguments', 'identity', 'info', 'prev', 'request', 'source', 'stash'];
      assert.deepEqual(Object.keys(event).sort(), members);
      assert.deepEqual(
        [event.arguments, event.identity, event.source, event.prev, event.stash],
        [{ what: 'tell' }, null, null, null, {}],
      );
    },
  ),
  check('DSC-114', 'the info of a direct resolver has the selection', DIRECT, 'documented', async (api) => {
    const data = await api.succeed('query Q($what: String!) { a: direct(what: $what) }', { what: 'tell' });
    const { info } = JSON.parse((data as { a: string }).a);
    assert.deepEqual(Object.keys(info).sort(), [
      'fieldName',
      'parentTypeName',
      'selectionSetGraphQL',
      'selectionSetList',
      'variables',
    ]);
    assert.deepEqual(
      [info.parentTypeName, info.fieldName, info.variables],
      ['Query', 'direct', { what: 'tell' }],
    );
  }),
  check(
    'DSC-115',
    'a direct resolver fails with the class of the exception',
    DIRECT,
    'documented',
    async (api) => {
      const { errorType, message, data } = await api.fail(direct, { what: 'throw a class' });
      assert.deepEqual([errorType, message, data], ['OutOfStock', 'none left', null]);
    },
  ),
  check(
    'DSC-116',
    'UnauthorizedException of a direct resolver has its own message',
    DIRECT,
    'documented',
    async (api) => {
      const { errorType, message } = await api.fail(direct, { what: 'throw UnauthorizedException' });
      assert.deepEqual(
        [errorType, message],
        ['UnauthorizedException', 'You are not authorized to make this call.'],
      );
    },
  ),
  check(
    'DSC-117',
    'a direct resolver that exceeds its time fails like one with handlers',
    DIRECT,
    'inferred',
    async (api) => {
      const { errorType, message } = await api.fail(direct, { what: 'sleep' });
      assert.deepEqual([errorType, message], ['Lambda:ExecutionTimeoutException', 'Execution timed out.']);
    },
  ),
];
