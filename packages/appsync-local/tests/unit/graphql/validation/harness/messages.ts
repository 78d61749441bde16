import { parse } from 'graphql';
import { loadSchema } from '../../../../../src/graphql/schema.ts';
import { createValidate } from '../../../../../src/graphql/validation/validate.ts';

const SDL = `
  enum Colour { RED GREEN }
  input Nested { name: String! sizes: [Int!] }
  input PostInput { title: String! upvotes: Int colour: Colour nested: Nested preset: Int! = 3 }
  interface Named { name: String }
  type Author implements Named { name: String age: Int }
  type Tag implements Named { name: String label: String }
  type Post { id: ID! title: String author: Author authors: [Author!] tags: [String] named: Named related(first: Int, after: ID): Post size: Int width: Float must: String! colour: Colour }
  union Any = Post | Tag
  type Query { post(id: ID!, date: AWSDate, meta: AWSJSON, colours: [Colour]): Post posts: [Post] any: Any named: Named hello(name: String): String }
  type Mutation { createPost(input: PostInput!): Post createPosts(input: [PostInput!]!): Post }
`;
const { schema } = loadSchema(SDL, [{ type: 'API_KEY' }], 'Schema');

/** What AppSync says is wrong with a document, without the `Validation error of type ` that all begin with. */
export function messages(query: string, introspectionEnabled = true): string[] {
  return createValidate(
    schema,
    introspectionEnabled,
  )(parse(query)).map(({ message }) => message.replace(/^Validation error of type /, ''));
}

/** Line and column of everything that is wrong. */
export const places = (query: string): string[] =>
  createValidate(
    schema,
    true,
  )(parse(query)).map(({ locations = [] }) =>
    locations.map(({ line, column }) => `${line}:${column}`).join(' '),
  );
