import { readFileSync } from 'node:fs';
import { buildASTSchema, concatAST, type GraphQLSchema, parse, Source } from 'graphql';

/** AppSync's own scalars and directives, then the API. */
const FILES = ['aws.graphql', 'schema.graphql'];

/** @throws GraphQLError with the file, line and column of a mistake */
export function readSchema(): GraphQLSchema {
  const documents = FILES.map((file) =>
    parse(new Source(readFileSync(new URL(file, import.meta.url), 'utf8'), `schema/${file}`)),
  );
  return buildASTSchema(concatAST(documents));
}
