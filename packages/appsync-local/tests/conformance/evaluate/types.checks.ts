import assert from 'node:assert/strict';
import type { Check, Evidence } from '../check.ts';
import { evaluateCode, unit } from './evaluate-code.ts';

const SAMPLES = 'aws-samples/aws-appsync-resolver-samples, samples';
const RESPONSE = 'export function response(ctx) { return ctx.result; }\n';

/** Bodies of a request handler, which begins in line 6, and what the message has to say. */
const refused: [id: string, what: string, body: string, says: RegExp, source: string, evidence: Evidence][] =
  [
    [
      'EVC-051',
      'an element of another shape pushed to a list',
      'let b = [{ "a": 5 }]; b.push({ "b": 6 }); return { payload: b };',
      /is not assignable to parameter of type '\{ a: number; \}'/,
      'aws/aws-appsync-community#334',
      'observed',
    ],
    [
      'EVC-052',
      'a condition that changes its operator',
      'let q = { pk: { eq: "p" }, sk: { eq: "s" } }; if (ctx.args.x) { q.sk = { between: ["a", "b"] }; } return q;',
      /Property 'eq' is missing in type '\{ between: string\[\]; \}' but required in type '\{ eq: string; \}'/,
      'aws/aws-appsync-community#402',
      'observed',
    ],
    [
      'EVC-053',
      '`ddb.sync`, in the words of the checker',
      'return ddb.sync({ limit: 10 });',
      /^code\.js\(6,14\): error TS2339: Property 'sync' does not exist on type 'typeof import\(.*\)'\.$/,
      'localstack/appsync-utils, index.test.js, sync',
      'observed',
    ],
    [
      'EVC-054',
      'a helper of VTL that util does not have',
      'return { payload: util.toJson({}) };',
      /TS2339: Property 'toJson' does not exist on type/,
      'the checker of EVC-053; @aws-appsync/utils 2.1.1',
      'inferred',
    ],
    [
      'EVC-055',
      'a misspelt helper',
      'return { payload: util.time.nowIso() };',
      /TS2339: Property 'nowIso' does not exist on type/,
      'the checker of EVC-053; @aws-appsync/utils 2.1.1',
      'inferred',
    ],
    [
      'EVC-056',
      'a method that AppSync lacks on a constant text',
      "const s = 'abc'; return { payload: s.padStart(5) };",
      /no-disallowed-methods: Method String\.padStart is not implemented/,
      '@aws-appsync/eslint-plugin no-disallowed-methods',
      'documented',
    ],
    [
      'EVC-058',
      'types of TypeScript',
      'const a: string = ctx.args.a; return a;',
      /TS8010: Type annotations can only be used in TypeScript files/,
      'AppSync developer guide, additional-utilities: TypeScript is transpiled before the upload',
      'documented',
    ],
    [
      'EVC-059',
      'a list of conditions that is not a subscription filter',
      'const filters = [{ fieldName: "a", operator: "eq", value: ctx.args.a }]; extensions.setSubscriptionFilter({ filterGroup: [{ filters }] }); return {};',
      /TS2322: .*SubscriptionFilterEntry\[\]/s,
      'the checker of EVC-053; @aws-appsync/utils 1.0.0 to 2.1.1',
      'inferred',
    ],
  ];

const refusedChecks: Check[] = refused.map(([id, what, body, says, source, evidence]) => ({
  id,
  promise: `refuses ${what}`,
  source,
  evidence,
  async run(api) {
    const { evaluationResult, error } = await evaluateCode(api, unit(`  ${body}`));

    assert.equal(evaluationResult, undefined);
    assert.match(error?.message ?? '', says);
    assert.equal(error?.codeErrors?.[0]?.location?.line, 6, JSON.stringify(error));
  },
}));

/** Whole code units that are taken, whatever becomes of their evaluation. */
const taken: [id: string, what: string, code: string, source: string][] = [
  [
    'EVC-070',
    'a list whose type is given in JSDoc',
    `export function request(ctx) {
  /** @type {Record<string, number>[]} */
  let b = [{ "a": 5 }];
  b.push({ "b": 6 });
  return { payload: b };
}
${RESPONSE}`,
    'aws/aws-appsync-community#334',
  ],
  [
    'EVC-071',
    'a list that begins empty and gets elements of several shapes',
    `export function request(ctx) { let b = []; b.push({ "a": 5 }); b.push({ "b": 6 }); return { payload: b }; }\n${RESPONSE}`,
    'aws/aws-appsync-community#334',
  ],
  [
    'EVC-072',
    '`HTTPRequest` in JSDoc without its argument',
    `/**
 * @param {import('@aws-appsync/utils').Context<{id: string}>} ctx the context
 * @returns {import('@aws-appsync/utils').HTTPRequest} the request
 */
export function request(ctx) { return { method: 'GET', resourcePath: '/users/' + ctx.args.id, params: { headers: {} } }; }
${RESPONSE}`,
    `${SAMPLES}/http/getToApiGW.js`,
  ],
  [
    'EVC-073',
    'an update with a condition on an attribute that it does not change',
    `import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const { id, ...values } = ctx.args;
  const condition = { id: { attributeExists: true } };
  return ddb.update({ key: { id }, update: values, condition });
}
${RESPONSE}`,
    `${SAMPLES}/dynamodb/general/updateItem.js`,
  ],
  [
    'EVC-074',
    'a query of an index with a filter',
    `import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  return ddb.query({ index: 'name-index', query: { name: { eq: ctx.args.name } }, filter: { city: { contains: ctx.args.city } } });
}
${RESPONSE}`,
    `${SAMPLES}/dynamodb/queries/with-filter-on-index.js`,
  ],
  [
    'EVC-075',
    'a query with a condition beside it',
    `import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  return ddb.query({ query: { id: { eq: ctx.args.id } }, createdAt: { gt: ctx.args.createdAt } });
}
${RESPONSE}`,
    `${SAMPLES}/dynamodb/queries/with-greater-than.js`,
  ],
  [
    'EVC-076',
    'keys by table in a batch of deletions',
    `/** @returns {import('@aws-appsync/utils').DynamoDBBatchDeleteItemRequest} the request */
export function request(ctx) {
  return {
    operation: 'BatchDeleteItem',
    tables: { Posts: { keys: ctx.args.ids.map((id) => util.dynamodb.toMapValues({ id })) } },
  };
}
${RESPONSE}`,
    `${SAMPLES}/dynamodb/batch/batchDeleteItems.js`,
  ],
  [
    'EVC-077',
    'an appended error returned for a text',
    `import { util } from '@aws-appsync/utils';
export const request = () => ({});
/** @returns {string} the text */
export function response(ctx) {
  if (ctx.error) {
    return util.appendError(ctx.error.message, ctx.error.type);
  }
  return ctx.result.text;
}
`,
    `${SAMPLES}/http/translate.js`,
  ],
  [
    'EVC-078',
    '`Object.hasOwn`',
    `export const request = (ctx) => ({ payload: Object.hasOwn(ctx.args, 'a') });\n${RESPONSE}`,
    'AppSync developer guide, supported-features',
  ],
];

const takenChecks: Check[] = taken.map(([id, what, code, source]) => ({
  id,
  promise: `takes ${what}`,
  source,
  evidence: source.startsWith('aws/aws-appsync-community') ? 'observed' : 'documented',
  async run(api) {
    const { error } = await evaluateCode(api, code, { arguments: { id: 'a', ids: ['a'] } });

    assert.deepEqual(error?.codeErrors ?? [], [], error?.message);
  },
}));

/** A text that TypeScript says the four recorded things of, at the recorded places. */
const NOT_JAVASCRIPT = '$file(var.filename)}';

/** What AppSync's type check refuses and what it takes. */
export const typeChecks: Check[] = [
  {
    id: 'EVC-050',
    promise:
      'reports a syntax error as `PARSE_ERROR`, one for each diagnostic of TypeScript, with place and span',
    source: 'hashicorp/terraform-provider-aws#30760',
    evidence: 'observed',
    async run(api) {
      const { error } = await evaluateCode(api, NOT_JAVASCRIPT);

      assert.deepEqual(error?.codeErrors, [
        parseError(7, 3, 'TS1135: Argument expression expected.'),
        parseError(10, 1, 'TS1134: Variable declaration expected.'),
        parseError(19, 1, "TS1005: ',' expected."),
        parseError(20, 1, 'TS1128: Declaration or statement expected.'),
      ]);
    },
  },
  ...refusedChecks,
  {
    id: 'EVC-057',
    promise: 'refuses `Number(…)` as an `INVALID_FUNCTION_INVOCATION`',
    source: 'aws/aws-appsync-community#303',
    evidence: 'observed',
    async run(api) {
      const { evaluationResult, error } = await evaluateCode(api, unit('  return Number("5");'));

      assert.equal(evaluationResult, undefined);
      assert.equal(error?.codeErrors?.[0]?.errorType, 'INVALID_FUNCTION_INVOCATION');
      assert.match(error?.codeErrors?.[0]?.value ?? '', /^Invalid function: Number\b/);
    },
  },
  ...takenChecks,
];

const parseError = (column: number, span: number, text: string): object => ({
  errorType: 'PARSE_ERROR',
  value: `code.js(1,${column}): error ${text}\n`,
  location: { line: 1, column, span },
});
