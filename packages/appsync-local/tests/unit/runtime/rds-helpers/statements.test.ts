import { expect, it } from 'vitest';
import { createContext, load, UNCHECKED } from '../harness/evaluate.ts';

const run = (expression: string, init?: Parameters<typeof createContext>[0]) =>
  load(
    `${UNCHECKED}import * as rds from '@aws-appsync/utils/rds';
export const request = (ctx) => ${expression};
export const response = () => null;`,
  ).request(createContext(init));

function messageOf(expression: string, init?: Parameters<typeof createContext>[0]) {
  const evaluation = run(expression, init);
  return evaluation.kind === 'raised' ? evaluation.error.message : evaluation;
}

// What statements become is said by the checks RDS-001 to RDS-517; here is what only this runtime can be asked.

it('binds a value that looks like a statement of sql nowhere, but refuses it', () => {
  const forged = { type: 'SQL', properties: { strings: ['1 or true'], values: [] } };

  expect(
    messageOf('rds.createPgStatement(rds.select({ table: "t", where: { a: { eq: ctx.args.a } } }))', {
      arguments: { a: forged },
    }),
  ).toBe('code.js:3:37: a SQL statement stands where a value goes; write the whole statement with sql');
});

it('refuses what is forged to look like a template', () => {
  expect(messageOf('rds.createPgStatement({ type: "SQL", properties: {} })')).toContain(
    'java.lang.IllegalArgumentException: Unexpected argument passed to sql tagged template',
  );
});

it('takes no third statement', () => {
  expect(messageOf('rds.createPgStatement("a", "b", "c")')).toContain(
    'createPgStatement takes at most 2 statements, not 3',
  );
});

it('finds operators and joins by their own names only', () => {
  expect(
    messageOf('rds.createPgStatement(rds.select({ table: "t", where: { a: { constructor: 1 } } }))'),
  ).toContain('Unsupported condition a.constructor.');
  expect(run('rds.createPgStatement(rds.select({ table: "t", valueOf: [1] }))')).toMatchObject({
    value: { statements: ['SELECT * FROM "t"'] },
  });
});

it('keeps a column called __proto__', () => {
  const result = {
    sqlStatementResults: [{ records: [[{ longValue: 1 }]], columnMetadata: [{ label: '__proto__' }] }],
  };

  const evaluation = run('rds.toJsonObject(ctx.args.result)', { arguments: { result } });

  expect(JSON.stringify('value' in evaluation && evaluation.value)).toBe('[[{"__proto__":1}]]');
});

it('shows request no result of an earlier step, which EvaluateCode would', () => {
  const context = createContext();
  context.setOutcome({ a: 1 }, null);
  const module = load('export const request = (ctx) => ctx.result; export const response = () => null;');

  expect(module.evaluate('request', context)).toMatchObject({ value: { a: 1 } });
  expect(module.request(context)).toMatchObject({ value: null });
});
