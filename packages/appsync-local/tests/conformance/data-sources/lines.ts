import type { ConformanceApi } from '../check.ts';
import { freshId, resultOf } from './ask.ts';
import { LINES } from './names.ts';

export const lineKey = (id: string, at: string) => ({ id: { S: id }, at: { S: at } });

/** Lines 1, 2 and 3 of a new id, with `n` of the same number. */
export async function threeLines(api: ConformanceApi): Promise<string> {
  const id = freshId();
  const items = ['1', '2', '3'].map((at) => ({ ...lineKey(id, at), n: { N: at }, kind: { S: id } }));
  await resultOf(api, 'lines', { operation: 'BatchPutItem', tables: { [LINES]: items } });
  return id;
}

/** A Query of one id's lines. */
export const linesOf = (id: string, more: object = {}) => ({
  operation: 'Query',
  query: { expression: 'id = :id', expressionValues: { ':id': { S: id } } },
  ...more,
});

export const atOf = ({ items }: { items: { at: string }[] }): string[] => items.map(({ at }) => at);
