import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

it.each<[query: string, ...wrong: string[]]>([
  ['{ hello @nope }', "UnknownDirective: Unknown directive nope @ 'hello'"],
  ['query @skip(if: true) { hello }', 'MisplacedDirective: Directive skip not allowed here'],
  ['{ hello @deprecated }', "MisplacedDirective: Directive deprecated not allowed here @ 'hello'"],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
