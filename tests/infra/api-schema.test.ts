import { expect, test } from 'vitest';
import { apiSchema, readApiSchema } from '../../infra/api-schema.ts';
import { Mistake } from '../../infra/mistake.ts';

test('the schema of this project is one', () => {
  expect(readApiSchema().getQueryType()?.name).toBe('Query');
});

test("takes AppSync's scalars and directives without their being declared", () => {
  const schema = apiSchema('type Query @aws_api_key { at: AWSDateTime @aws_iam }');

  expect(String(schema.getQueryType()?.getFields()['at']?.type)).toBe('AWSDateTime');
});

test.each([
  ['a syntax error', 'type Query {\n  a String\n}', '2:5: Syntax Error: Expected ":", found Name "String".'],
  [
    'unknown types',
    'type Query { a: Foo, b: Bar }',
    '1:17: Unknown type "Foo".\nschema/schema.graphql:1:25: Unknown type "Bar".',
  ],
  ['no Query', 'type Mutation { a: Int }', ' Query root type must be provided.'],
  [
    'an interface that is not kept',
    'interface Node { id: ID }\ntype Query implements Node { b: Int }',
    '1:18: Interface field Node.id expected but Query does not provide it.',
  ],
  [
    'a scalar of its own',
    'scalar Date\ntype Query { a: Date }',
    " scalar Date: AppSync does not allow custom scalars; use one of AWS's",
  ],
  [
    "a name of AppSync's",
    'type AWSThing { a: Int }\ntype Query { a: AWSThing }',
    ' AWSThing: AppSync reserves names that begin with AWS; choose another',
  ],
])('refuses %s, as AppSync would at deployment, and says where', (_, sdl, message) => {
  expect(() => apiSchema(sdl)).toThrow(new Mistake(`schema/schema.graphql:${message}`));
});

test('lists everything at once', () => {
  expect(() => apiSchema('scalar A\nscalar B\ntype Query { a: A, b: B }')).toThrow(/scalar A.*\n.*scalar B/);
});
