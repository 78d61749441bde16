import { Source } from 'graphql';
import { expect, it } from 'vitest';
import { checkOperations, readOperations } from '../../../schema/check-operations.ts';
import { parsed, readSchema, schemaOf } from '../../../schema/read-schema.ts';

const file = (text: string) => parsed(new Source(text, 'schema/operations/mine.graphql'));
const check = (text: string) => () =>
  checkOperations(readSchema(), [file(text)], 'fragment F on Item { id }');

it('the operations of this project are right', () => {
  expect(readOperations().length).toBeGreaterThan(0);
});

it.each([
  [
    'query A { getItem(id: "1") { nope } }',
    'schema/operations/mine.graphql:1:30: Cannot query field "nope" on type "Item".',
  ],
  ['query A {', 'schema/operations/mine.graphql:1:10: Syntax Error: Expected Name, found <EOF>.'],
  [
    'query A { a: __typename }\nquery A { b: __typename }',
    'schema/operations/mine.graphql:1:7: There can be only one operation named "A".',
  ],
])('a mistake in an operation is told with its place: %s', (text, message) => {
  expect(check(text)).toThrow(message);
});

it('a fragment that nothing uses is no mistake', () => {
  expect(check('query A { __typename }')).not.toThrow();
});

it('every mistake in a schema is told with its place', () => {
  const sdl = 'type Query { a: Nope }\ntype B { b: No }';

  expect(() => schemaOf([parsed(new Source(sdl, 'schema/schema.graphql'))])).toThrow(
    'schema/schema.graphql:1:17: Unknown type "Nope".\nschema/schema.graphql:2:13: Unknown type "No".',
  );
});
