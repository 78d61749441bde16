import assert from 'node:assert/strict';
import type { Check, ConformanceApi, Evidence } from '../check.ts';
import { evaluateCode, unit, valueOf } from '../evaluate/evaluate-code.ts';

interface Witness {
  source: string;
  evidence: Evidence;
}

const RECORDED: Witness = {
  source: 'localstack/appsync-utils v0.1.5, resolvers.test.js.snap',
  evidence: 'observed',
};

/**
 * Says what one or two statements become: their text, the values of `:P0`, `:P1`, … in order, and type hints by variable.
 */
const statementCheck =
  (create: string) =>
  (
    id: string,
    promise: string,
    statement: string,
    text: string | string[],
    values: unknown[] = [],
    hints: Record<string, string> = {},
    witness = RECORDED,
  ): Check => ({
    id,
    promise,
    ...witness,
    async run(api) {
      assert.deepEqual(await valueOf(api, `rds.${create}(${statement})`), {
        statements: [text].flat(),
        variableMap: Object.fromEntries(values.map((value, index) => [`:P${index}`, value])),
        variableTypeHintMap: hints,
      });
    },
  });

export const pg = statementCheck('createPgStatement');
export const mysql = statementCheck('createMySQLStatement');

/** Says in which words a statement is refused, after the place in the code. */
const refusalCheck =
  (create: string) =>
  (id: string, promise: string, statement: string, message: string, witness = RECORDED): Check => ({
    id,
    promise,
    ...witness,
    async run(api) {
      assert.equal(await messageOf(api, `rds.${create}(${statement})`), message);
    },
  });

export const pgRefusal = refusalCheck('createPgStatement');
export const mysqlRefusal = refusalCheck('createMySQLStatement');

async function messageOf(api: ConformanceApi, expression: string): Promise<string | undefined> {
  const { error } = await evaluateCode(api, unit(`  return ${expression};`));
  return error?.message.replace(/^code\.js:6:\d+: /, '');
}
