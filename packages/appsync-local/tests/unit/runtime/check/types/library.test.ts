import { describe, expect, it } from 'vitest';
import { CORRECTIONS } from '../../../../../src/runtime/check/types/corrections.ts';
import { libraryText } from '../../../../../src/runtime/check/types/library.ts';
import { typeCheck } from '../../../../../src/runtime/check/types/type-check.ts';
import { METHOD_NAMES } from '../../../../../src/runtime/known-methods.ts';

const EXAMPLES: Record<string, string> = { 'String.prototype': "'a'", 'Array.prototype': '[1]' };

it.each(Object.entries(METHOD_NAMES))(
  'the library knows every method of %s that the runtime has',
  (owner, names) => {
    const reads = names.map((name) => `${EXAMPLES[owner] ?? owner}.${name};`).join('\n');

    expect(typeCheck(`export function request() {\n${reads}\n}`).types).toEqual([]);
  },
);

describe('the types of @aws-appsync/utils', () => {
  const files = [...new Set(CORRECTIONS.map(({ file }) => file))];

  it.each(files)('are corrected in %s wherever the published package differs from AppSync', (file) => {
    const text = libraryText(`/@aws-appsync/utils/${file}`);

    for (const { corrected } of CORRECTIONS.filter((one) => one.file === file)) {
      expect(text).toContain(corrected);
    }
  });

  // Most of these are in the shape of aws-samples/aws-appsync-resolver-samples, which AWS publishes as working.
  it.each([
    [
      'HTTPRequest without an argument',
      "/** @returns {import('@aws-appsync/utils').HTTPRequest} the request */\nexport function request(ctx) { return { method: 'POST', resourcePath: '/', params: { headers: {}, body: { a: ctx.args.a } } }; }",
    ],
    [
      'keys by table to delete',
      "/** @returns {import('@aws-appsync/utils').DynamoDBBatchDeleteItemRequest} the request */\nexport function request(ctx) { return { operation: 'BatchDeleteItem', tables: { Posts: { keys: ctx.args.ids.map((id) => util.dynamodb.toMapValues({ id })) } } }; }",
    ],
    [
      'an appended error for a text',
      '/** @returns {string} */\nexport function request(ctx) { if (ctx.error) { return util.appendError(ctx.error.message); } return ctx.result; }',
    ],
    [
      'a condition beside a query',
      "import * as ddb from '@aws-appsync/utils/dynamodb';\nexport const request = (ctx) => ddb.query({ query: { id: { eq: ctx.args.id } }, createdAt: { gt: ctx.args.at } });",
    ],
    [
      'a rule on another field than the filter of a subscription',
      'export const request = () => util.transform.toSubscriptionFilter({ a: { eq: 1 } }, [], { r: { gte: 2 } });',
    ],
    [
      'a statement that is missing',
      "import * as rds from '@aws-appsync/utils/rds';\nexport const request = () => rds.createPgStatement();",
    ],
  ])('take %s', (_, code) => {
    const { syntax, types } = typeCheck(code);

    expect([...syntax, ...types]).toEqual([]);
  });
});
