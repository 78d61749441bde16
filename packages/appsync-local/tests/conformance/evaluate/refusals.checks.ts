import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { callAppSync, evaluateCode, refusalOf } from './evaluate-code.ts';

interface RefusalRow extends Omit<Check, 'run'> {
  /** What differs from a request that is well formed. */
  changed: object;
  message: RegExp;
}

const refusals = (rows: RefusalRow[]): Check[] =>
  rows.map(({ changed, message, ...check }) => ({
    ...check,
    async run(api) {
      const refused = await refusalOf(api, changed);

      assert.deepEqual([refused.status, refused.errorType], [400, 'BadRequestException']);
      assert.match(refused.message, message);
    },
  }));

/** What EvaluateCode refuses, and how it answers code that AppSync would not take. */
export const refusalChecks: Check[] = [
  ...refusals([
    {
      id: 'EVC-020',
      promise: 'refuses a runtime that is not APPSYNC_JS',
      source: 'AppSync API reference, AppSyncRuntime',
      evidence: 'documented',
      changed: { runtime: { name: 'NODE', runtimeVersion: '1.0.0' } },
      message: /./,
    },
    {
      id: 'EVC-021',
      promise: 'refuses a runtime version that is not 1.0.0',
      source: 'AppSync API reference, AppSyncRuntime',
      evidence: 'documented',
      changed: { runtime: { name: 'APPSYNC_JS', runtimeVersion: '2.0.0' } },
      message: /./,
    },
    {
      id: 'EVC-022',
      promise: 'refuses a request without a runtime, and says so',
      source: 'AppSync API reference, EvaluateCodeRequest',
      evidence: 'documented',
      changed: { runtime: undefined },
      message: /runtime/i,
    },
    {
      id: 'EVC-023',
      promise: 'refuses a request without code, and says so',
      source: 'AppSync API reference, EvaluateCodeRequest',
      evidence: 'documented',
      changed: { code: undefined },
      message: /code/i,
    },
    {
      id: 'EVC-024',
      promise: 'refuses a request without a context, and says so',
      source: 'AppSync API reference, EvaluateCodeRequest',
      evidence: 'documented',
      changed: { context: undefined },
      message: /context/i,
    },
    {
      id: 'EVC-025',
      promise: 'refuses a function that is neither request nor response',
      source: 'AppSync API reference, EvaluateCodeRequest',
      evidence: 'documented',
      changed: { function: 'handler' },
      message: /./,
    },
    {
      id: 'EVC-034',
      promise: 'refuses a context of more than 28,000 characters',
      source: 'AppSync API reference, EvaluateCode',
      evidence: 'documented',
      changed: { context: JSON.stringify({ stash: { text: 'x'.repeat(28_000 - 20) } }) },
      message: /28000/,
    },
    {
      id: 'EVC-026',
      promise: 'refuses a context that is not JSON',
      source: 'AppSync API reference, EvaluateCodeRequest',
      evidence: 'inferred',
      changed: { context: '{]' },
      message: /./,
    },
    {
      id: 'EVC-027',
      promise: 'refuses an identity with members that no authorization mode has, and names ctx.identity',
      source: 'localstack/appsync-utils, authType.test.js; the status is inferred',
      evidence: 'observed',
      changed: { context: '{"identity":{"handlerContext":{"userId":"alice"}}}' },
      message: /^The following properties in your mock context object failed validation: ctx\.identity/,
    },
  ]),
  {
    id: 'EVC-028',
    promise: 'answers code that is not ECMAScript with status 200, an error with `codeErrors` and no result',
    source: 'AppSync API reference, EvaluateCodeErrorDetail; scripts of others that read error.codeErrors',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult, error } = await evaluateCode(
        api,
        'export function request(ctx) {\n  return {;\n}',
      );

      assert.equal(evaluationResult, undefined);
      assert.ok((error?.codeErrors?.length ?? 0) > 0);
      assert.equal(error?.codeErrors?.[0]?.location?.line, 2);
    },
  },
  {
    id: 'EVC-029',
    promise: 'answers code that breaks a rule with `LINT_ERROR` and the rule',
    source: 'AppSync API reference, CodeError; @aws-appsync/eslint-plugin no-for',
    evidence: 'inferred',
    async run(api) {
      const code =
        'export function request(ctx) {\n  for (let i = 0; i < 3; i += 1) {}\n  return {};\n}\nexport function response(ctx) {}';

      const { error } = await evaluateCode(api, code);

      const [first] = error?.codeErrors ?? [];
      assert.equal(first?.errorType, 'LINT_ERROR');
      assert.match(first?.value ?? '', /For statements are not supported/);
      assert.equal(first?.location?.line, 2);
    },
  },
  {
    id: 'EVC-030',
    promise: 'gives a code error line, column and span',
    source: 'AppSync API reference, CodeErrorLocation',
    evidence: 'documented',
    async run(api) {
      const code = 'export function request(ctx) {\n  return ~1;\n}\nexport function response(ctx) {}';

      const { error } = await evaluateCode(api, code);

      const { line, column, span } = error?.codeErrors?.[0]?.location ?? {};
      assert.deepEqual([line, typeof column, typeof span], [2, 'number', 'number']);
    },
  },
  {
    id: 'EVC-031',
    promise: 'reports all problems of the code, not only the first',
    source: 'AppSync API reference, EvaluateCodeErrorDetail.codeErrors is a list',
    evidence: 'inferred',
    async run(api) {
      const code =
        'export function request(ctx) {\n  const a = ~1;\n  const b = ~2;\n  return [a, b];\n}\nexport function response(ctx) {}';

      const { error } = await evaluateCode(api, code);

      assert.deepEqual(
        error?.codeErrors?.map(({ location }) => location?.line),
        [2, 3],
      );
    },
  },
  {
    id: 'EVC-032',
    promise: 'puts file and place before a problem in the message: `code.js(2,10): …`',
    source: 'localstack/appsync-utils, index.test.js, ddb.sync',
    evidence: 'observed',
    async run(api) {
      const code = 'export function request(ctx) {\n  return nowhere;\n}\nexport function response(ctx) {}';

      const { error } = await evaluateCode(api, code);

      assert.match(error?.message ?? '', /^code\.js\(2,10\): /);
    },
  },
  {
    id: 'EVC-033',
    promise: 'evaluates a VTL mapping template at `/v1/dataplane-evaluatetemplate`',
    source: 'AppSync API reference, EvaluateMappingTemplate',
    evidence: 'documented',
    unlike: 'VTL does not run here; the answer is a BadRequestException that says so',
    async run(api) {
      const { status, body } = await callAppSync(
        api,
        { template: '{"a": $ctx.args.a}', context: '{"arguments":{"a":1}}' },
        '/v1/dataplane-evaluatetemplate',
      );

      assert.equal(status, 200, body);
      assert.deepEqual(JSON.parse((JSON.parse(body) as { evaluationResult: string }).evaluationResult), {
        a: 1,
      });
    },
  },
];
