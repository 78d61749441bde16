import { expect, it } from 'vitest';
import { messages } from '../harness/messages.ts';

const POST = 'post(id: 1)';

it.each<[query: string, ...wrong: string[]]>([
  [`{ ${POST} { x: id x: title } }`, "FieldsConflict: x: fields have different nullability shapes @ 'post'"],
  [
    `{ ${POST} { x: title x: must } }`,
    "FieldsConflict: x: fields have different nullability shapes @ 'post'",
  ],
  [`{ ${POST} { x: tags x: title } }`, "FieldsConflict: x: fields have different list shapes @ 'post'"],
  [
    `{ ${POST} { x: size x: width } }`,
    "FieldsConflict: x: they return differing types Int and Float @ 'post'",
  ],
  ['{ hello hello(name: "a") }', 'FieldsConflict: hello: they have differing arguments'],
  [
    '{ a: post(id: 1) { x: author { name } } a: post(id: 1) { x: author { name: age } } }',
    'FieldsConflict: a: (x: (name: they return differing types String and Int))',
  ],
  ['{ a: hello a: __typename }', 'FieldsConflict: a: hello and __typename are different fields'],
])('%s', (query, ...wrong) => {
  expect(messages(query)).toEqual(wrong);
});
