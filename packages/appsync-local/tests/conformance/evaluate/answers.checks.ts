import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { evaluateCode, unit } from './evaluate-code.ts';

/** What EvaluateCode answers when a handler was evaluated. */
export const answerChecks: Check[] = [
  {
    id: 'EVC-001',
    promise: 'answers what `request` returns as JSON in `evaluationResult`',
    source: 'AppSync developer guide, test-resolvers',
    evidence: 'documented',
    async run(api) {
      const { evaluationResult, error } = await evaluateCode(
        api,
        unit("  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) };"),
        { arguments: { id: 'record-id' } },
      );

      assert.equal(error, undefined);
      assert.deepEqual(JSON.parse(evaluationResult ?? ''), {
        operation: 'GetItem',
        key: { id: { S: 'record-id' } },
      });
    },
  },
  {
    id: 'EVC-002',
    promise: 'evaluates `response` with `ctx.result` of the context',
    source: 'localstack/appsync-utils, resolvers.test.js.snap',
    evidence: 'observed',
    async run(api) {
      const code =
        'export function request(ctx) {}\nexport function response(ctx) { return ctx.result.items; }';

      const { evaluationResult } = await evaluateCode(
        api,
        code,
        { result: { items: [{ a: 10 }] } },
        'response',
      );

      assert.deepEqual(JSON.parse(evaluationResult ?? ''), [{ a: 10 }]);
    },
  },
  {
    id: 'EVC-003',
    promise: 'passes the `arguments` of the context to code as `ctx.args` and as `ctx.arguments`',
    source: 'localstack/appsync-utils, resolvers.test.js',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, unit('  return [ctx.args.a, ctx.arguments.a];'), {
        arguments: { a: 1 },
      });

      assert.equal(evaluationResult, '[1,1]');
    },
  },
  {
    id: 'EVC-004',
    promise: 'has a line for each `console.log`: level, place, arguments as JSON',
    source: 'AppSync developer guide, test-resolvers',
    evidence: 'documented',
    async run(api) {
      const { logs } = await evaluateCode(
        api,
        unit("  console.log('current id', ctx.args.id);\n  console.log('request evaluated');\n  return {};"),
        { arguments: { id: 'record-id' } },
      );

      assert.deepEqual(logs, [
        'INFO - code.js:6:3: "current id" "record-id"',
        'INFO - code.js:7:3: "request evaluated"',
      ]);
    },
  },
  {
    id: 'EVC-005',
    promise: 'logs `console.error` at level ERROR',
    source: 'AppSync developer guide, monitoring',
    evidence: 'documented',
    async run(api) {
      const { logs } = await evaluateCode(api, unit("  console.error('no');\n  return {};"));

      assert.match(logs?.[0] ?? '', /^ERROR - code\.js:6:3: "no"$/);
    },
  },
  {
    id: 'EVC-006',
    promise: 'answers the stash as the handler left it, as JSON',
    source: 'AppSync API reference, EvaluateCodeResponse.stash',
    evidence: 'documented',
    async run(api) {
      const { stash } = await evaluateCode(api, unit('  ctx.stash.b = 2;\n  return {};'), {
        stash: { a: 1 },
      });

      assert.deepEqual(JSON.parse(stash ?? ''), { a: 1, b: 2 });
    },
  },
  {
    id: 'EVC-007',
    promise: 'answers errors of `util.appendError` in `outErrors`, and the result beside them',
    source: 'AppSync API reference, EvaluateCodeResponse.outErrors',
    evidence: 'documented',
    async run(api) {
      const { outErrors, evaluationResult } = await evaluateCode(
        api,
        unit("  util.appendError('first');\n  util.appendError('second');\n  return { a: 1 };"),
      );

      const messages = (JSON.parse(outErrors ?? '[]') as { message: string }[]).map(({ message }) => message);
      assert.deepEqual(messages, ['first', 'second']);
      assert.equal(evaluationResult, '{"a":1}');
    },
  },
  {
    id: 'EVC-008',
    promise: 'answers the unchanged message of `util.error`, and no result',
    source: 'LocalStack test helpers written against AWS',
    evidence: 'observed',
    async run(api) {
      const { error, evaluationResult } = await evaluateCode(
        api,
        unit("  util.error('no such thing', 'NotFound');"),
      );

      assert.equal(error?.message, 'no such thing');
      assert.equal(evaluationResult, undefined);
    },
  },
  {
    id: 'EVC-009',
    promise: 'answers `Unauthorized` for `util.unauthorized`',
    source: 'localstack/appsync-utils, resolvers.test.js.snap, error handling unauthorized',
    evidence: 'observed',
    async run(api) {
      const { error } = await evaluateCode(api, unit('  util.unauthorized();'));

      assert.equal(error?.message, 'Unauthorized');
    },
  },
  {
    id: 'EVC-010',
    promise: 'puts `code.js:line:column` before the message of an uncaught error',
    source: 'aws/aws-appsync-community#328; LocalStack test helpers written against AWS',
    evidence: 'observed',
    async run(api) {
      const { error, evaluationResult } = await evaluateCode(api, unit('  return ctx.args.a.b;'));

      assert.match(error?.message ?? '', /^code\.js:6:\d+: /);
      assert.equal(evaluationResult, undefined);
    },
  },
  {
    id: 'EVC-011',
    promise: 'stops at `runtime.earlyReturn`, and answers its value',
    source: 'AppSync developer guide, runtime-utils-js',
    evidence: 'inferred',
    async run(api) {
      const { evaluationResult, error } = await evaluateCode(
        api,
        unit(
          "  if (ctx.args.a) {\n    runtime.earlyReturn({ early: true }, { skipTo: 'END' });\n  }\n  return {};",
        ),
        { arguments: { a: 1 } },
      );

      assert.equal(error, undefined);
      assert.equal(evaluationResult, '{"early":true}');
    },
  },
  {
    id: 'EVC-012',
    promise: 'evaluates `extensions` calls without error',
    source: 'AppSync developer guide, extensions',
    evidence: 'inferred',
    async run(api) {
      const code = `import { extensions } from '@aws-appsync/utils';
export function request(ctx) { return {}; }
export function response(ctx) {
  extensions.setSubscriptionFilter({ filterGroup: [{ filters: [{ fieldName: 'a', operator: 'eq', value: 1 }] }] });
  return ctx.result;
}`;

      const { evaluationResult, error } = await evaluateCode(api, code, { result: { a: 1 } }, 'response');

      assert.equal(error, undefined);
      assert.equal(evaluationResult, '{"a":1}');
    },
  },
  {
    id: 'EVC-013',
    promise: 'evaluates code on an empty context, with a null identity',
    source: 'localstack/appsync-utils, helpers.js, authType.test.js.snap',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, unit('  return ctx.identity;'));

      assert.equal(evaluationResult, 'null');
    },
  },
  {
    id: 'EVC-014',
    promise: 'gives code the environment variables of the context',
    source: 'AppSync developer guide, environment-variables',
    evidence: 'documented',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, unit('  return ctx.env.TABLE;'), {
        env: { TABLE: 'items' },
      });

      assert.equal(evaluationResult, '"items"');
    },
  },
  {
    id: 'EVC-015',
    promise: 'answers null for a helper that returns null',
    source: 'localstack/appsync-utils, transform.test.js.snap, filters that cannot be rendered',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult } = await evaluateCode(
        api,
        unit('  return util.transform.toDynamoDBFilterExpression(null);'),
      );

      assert.equal(evaluationResult, 'null');
    },
  },
  {
    id: 'EVC-016',
    promise: 'drops members that are undefined and keeps null',
    source: 'AppSync API reference, EvaluateCode: the result is JSON text',
    evidence: 'inferred',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, unit('  return { a: undefined, b: null };'));

      assert.equal(evaluationResult, '{"b":null}');
    },
  },
  {
    id: 'EVC-017',
    promise: 'gives code `ctx.prev.result`, `ctx.source` and `ctx.request.headers` of the context',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      const { evaluationResult } = await evaluateCode(
        api,
        unit("  return [ctx.prev.result.a, ctx.source.b, ctx.request.headers['x-c']];"),
        { prev: { result: { a: 1 } }, source: { b: 2 }, request: { headers: { 'x-c': '3' } } },
      );

      assert.equal(evaluationResult, '[1,2,"3"]');
    },
  },
  {
    id: 'EVC-018',
    promise: 'gives a response handler `ctx.error` of the context and raises no error by itself',
    source: 'AppSync developer guide, resolver-context-reference-js',
    evidence: 'documented',
    async run(api) {
      const code =
        'export function request(ctx) {}\nexport function response(ctx) { return [ctx.error.type, ctx.error.message]; }';

      const { evaluationResult, error } = await evaluateCode(
        api,
        code,
        { error: { type: 'T', message: 'm' }, result: null },
        'response',
      );

      assert.equal(error, undefined);
      assert.equal(evaluationResult, '["T","m"]');
    },
  },
  {
    id: 'EVC-019',
    promise: 'keeps nothing of one evaluation for the next, not even values of top-level code',
    source: 'AppSync developer guide, test-resolvers',
    evidence: 'inferred',
    async run(api) {
      const code = `const seen = [];\n${unit('  seen.push(1);\n  return seen.length;')}`;

      const results = [await evaluateCode(api, code), await evaluateCode(api, code)];

      assert.deepEqual(
        results.map(({ evaluationResult }) => evaluationResult),
        ['1', '1'],
      );
    },
  },
  {
    id: 'EVC-040',
    promise: 'also gives `request` the `ctx.result` of the context, which it never has in a resolver',
    source: 'localstack/appsync-utils v0.1.5, resolvers.test.js.snap, toJsonObject import paths',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult } = await evaluateCode(api, unit('  return ctx.result.a;'), {
        result: { a: 1 },
      });

      assert.equal(evaluationResult, '1');
    },
  },
];
