import { readdirSync, readFileSync } from 'node:fs';
import {
  concatAST,
  type DocumentNode,
  type GraphQLSchema,
  NoUnusedFragmentsRule,
  Source,
  specifiedRules,
  validate,
} from 'graphql';
import { parsed, refuseAny } from './read-schema.ts';

const FOLDER = new URL('operations/', import.meta.url);

/** A fragment of every type is generated. */
const RULES = specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule);

/**
 * The files of `schema/operations`. GraphQL Code Generator takes a file with a comment whose last brace is missing for an empty one, and leaves
 * out its operations (@graphql-tools/utils, parse-graphql-sdl).
 *
 * @throws SchemaFailure
 */
export const readOperations = (): DocumentNode[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.graphql'))
    .map((name) =>
      parsed(new Source(readFileSync(new URL(name, FOLDER), 'utf8'), `schema/operations/${name}`)),
    );

/**
 * Checks operations before GraphQL Code Generator does, which reports mistakes with its own stack.
 *
 * @param fragments the text of the generated ones
 * @throws SchemaFailure
 */
export function checkOperations(
  schema: GraphQLSchema,
  operations: readonly DocumentNode[],
  fragments: string,
): void {
  const all = [...operations, parsed(new Source(fragments, 'schema/generated/fragments.graphql'))];
  refuseAny(validate(schema, concatAST(all), RULES));
}
