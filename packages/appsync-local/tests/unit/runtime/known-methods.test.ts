import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { METHOD_NAMES, METHODS } from '../../../src/runtime/known-methods.ts';
import { valueOf } from './harness/evaluate.ts';

const facts = readFileSync(new URL('../../../docs/facts/runtime.md', import.meta.url), 'utf8');

/** The text of one fact. */
function fact(name: string): string {
  const [, text = ''] = new RegExp(`<a id="${name}"></a>([^]*?)(?=\\n- <a id=|\\n## )`).exec(facts) ?? [];
  return text;
}

const FACTS: Record<string, string> = {
  'String.prototype': fact('string-methods') + fact('includes') + fact('methods-not-denied'),
  'Array.prototype':
    fact('array-methods') + fact('functions-as-values') + fact('includes') + fact('methods-not-denied'),
};

it.each(Object.entries(METHOD_NAMES))('docs/facts/runtime.md has each method of %s', (owner, names) => {
  const said = FACTS[owner] ?? fact('statics') + fact('globals') + fact('methods-not-denied');

  expect(names.filter((name) => !new RegExp(`\`(?:\\w+\\.)?${name}(?:\\(\\))?\``).test(said))).toEqual([]);
});

it('every method has a source and is named once', () => {
  for (const [owner, groups] of Object.entries(METHODS)) {
    const names = groups.flatMap((group) => group.names);

    expect(groups.filter(({ source }) => source === '')).toEqual([]);
    expect([owner, names.length]).toEqual([owner, new Set(names).size]);
  }
});

it.each(
  Object.entries({ 'String.prototype': '"a"', 'Array.prototype': '[1]', Object: 'Object', Math: 'Math' }),
)('%s has its methods and no others', (owner, expression) => {
  const everyName = Object.getOwnPropertyNames(
    { 'String.prototype': String.prototype, 'Array.prototype': Array.prototype, Object, Math }[owner],
  ).filter((name) => !['constructor', 'length', 'name', 'prototype'].includes(name));

  const there = valueOf(
    `ctx.args.names.filter((name) => typeof [${expression}].flat(0)[0][name] === 'function')`,
    { arguments: { names: everyName } },
  ) as string[];

  // Every object has toString and valueOf, which no list or text hides.
  const inherited = ['toString', 'valueOf'];
  const expected = METHOD_NAMES[owner]!.filter((name) => name !== 'length' && !inherited.includes(name));
  expect(there.filter((name) => !inherited.includes(name)).sort()).toEqual([...expected].sort());
});
