import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createPrepare, type Prepare } from '../../../src/graphql/prepare.ts';

const schema = buildSchema('type Query { hello: String }');

/** A text of so many characters, different for each number. */
const textOf = (number: number, length: number): string => `{ a${number}: hello }`.padEnd(length);

/** The operation is the same object for as long as the document is kept. */
function operationOf(prepare: Prepare, query: string): unknown {
  const prepared = prepare({ query, variables: null, operationName: null });
  return prepared.kind === 'ready' ? prepared.operation : expect.unreachable();
}

/** Which of so many documents are still known after the last of them was prepared. */
function kept(count: number, length: number): number {
  const prepare = createPrepare(schema, true);
  const texts = Array.from({ length: count }, (_, number) => textOf(number, length));
  const operations = texts.map((text) => operationOf(prepare, text));
  // From the newest on, so that looking for one that is gone pushes out none that is yet to be looked for.
  return texts.toReversed().filter((text, index) => operationOf(prepare, text) === operations.at(-1 - index))
    .length;
}

describe('documents that were prepared', () => {
  it('are kept, 500 of them', () => {
    expect(kept(501, 100)).toBe(500);
  });

  it('are kept up to a million characters in all', () => {
    expect(kept(100, 40_000)).toBe(25);
  });

  it.each([
    ['are kept while they are asked for', 25, true],
    ['are not kept for one time that they were asked for', 50, false],
  ])('%s', (_what, last, known) => {
    const prepare = createPrepare(schema, true);
    const ask = (number: number): unknown => operationOf(prepare, textOf(number, 40_000));
    const [first, second] = Array.from({ length: 25 }, (_, number) => ask(number));
    ask(0);
    for (let number = 25; number <= last; number += 1) {
      ask(number);
    }

    expect(ask(0) === first).toBe(known);
    expect(ask(1)).not.toBe(second);
  });

  it('are not kept above 50,000 characters', () => {
    expect(kept(1, 50_000)).toBe(1);
    expect(kept(1, 50_001)).toBe(0);
  });
});
