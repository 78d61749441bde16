import { expect, it } from 'vitest';
import { valueOf } from '../harness/evaluate.ts';

const update = (changes: string) =>
  (valueOf(`ddb.update({ key: { id: 'a' }, update: ${changes} })`) as { update: unknown }).update;

it.each<[string, string, object]>([
  ["'x'", 'SET #expName_1 = :expValue_1', { S: 'x' }],
  ['null', 'SET #expName_1 = :expValue_1', { NULL: null }],
  ['[1]', 'SET #expName_1 = :expValue_1', { L: [{ N: 1 }] }],
  ['{}', 'SET #expName_1 = :expValue_1', { M: {} }],
  ["ddb.toStringSet(['x'])", 'SET #expName_1 = :expValue_1', { SS: ['x'] }],
  ["ddb.operations.add('x')", 'SET #expName_1 = :expValue_1', { S: 'x' }],
  ['ddb.operations.replace({ a: 1 })', 'SET #expName_1 = :expValue_1', { M: { a: { N: 1 } } }],
  ['ddb.operations.increment()', 'SET #expName_1 = #expName_1 + :expValue_1', { N: 1 }],
  ['ddb.operations.increment(5)', 'SET #expName_1 = #expName_1 + :expValue_1', { N: 5 }],
  ['ddb.operations.decrement(2)', 'SET #expName_1 = #expName_1 - :expValue_1', { N: 2 }],
  ['ddb.operations.append([1])', 'SET #expName_1 = list_append(#expName_1, :expValue_1)', { L: [{ N: 1 }] }],
  ['ddb.operations.prepend([1])', 'SET #expName_1 = list_append(:expValue_1, #expName_1)', { L: [{ N: 1 }] }],
  ["[ddb.operations.updateListItem('x', 2)]", 'SET #expName_1[2] = :expValue_1', { S: 'x' }],
])('renders %s', (value, expression, bound) => {
  const rendered = update(`{ f: ${value} }`);

  expect(rendered).toEqual({
    expression,
    expressionNames: { '#expName_1': 'f' },
    expressionValues: { ':expValue_1': bound },
  });
});

it('puts removals after assignments and numbers names by clause', () => {
  const rendered = update(
    "{ gone: ddb.operations.remove(), a: 1, b: 'x', lost: ddb.operations.remove(), no: undefined }",
  );

  expect(rendered).toEqual({
    expression: 'SET #expName_1 = :expValue_1, #expName_2 = :expValue_2 REMOVE #expName_3, #expName_4',
    expressionNames: { '#expName_1': 'a', '#expName_2': 'b', '#expName_3': 'gone', '#expName_4': 'lost' },
    expressionValues: { ':expValue_1': { N: 1 }, ':expValue_2': { S: 'x' } },
  });
});

it('keeps the member without values when there are only removals', () => {
  const rendered = update('{ gone: ddb.operations.remove() }');

  expect(rendered).toEqual({
    expression: 'REMOVE #expName_1',
    expressionNames: { '#expName_1': 'gone' },
    expressionValues: {},
  });
});

it('changes only the named members of a nested object', () => {
  const rendered = update(
    "{ address: { street: 'x', geo: { lat: ddb.operations.increment(2) }, old: ddb.operations.remove() } }",
  );

  expect(rendered).toEqual({
    expression:
      'SET #expName_1.#expName_2 = :expValue_1, #expName_1.#expName_3.#expName_4 = #expName_1.#expName_3.#expName_4 + :expValue_2 REMOVE #expName_1.#expName_5',
    expressionNames: {
      '#expName_1': 'address',
      '#expName_2': 'street',
      '#expName_3': 'geo',
      '#expName_4': 'lat',
      '#expName_5': 'old',
    },
    expressionValues: { ':expValue_1': { S: 'x' }, ':expValue_2': { N: 2 } },
  });
});
