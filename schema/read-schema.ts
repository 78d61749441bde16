import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  concatAST,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  Source,
  validateSchema,
} from 'graphql';
// graphql does not export it; `buildASTSchema` throws the same problems without their places.
import { validateSDL } from 'graphql/validation/validate.js';

/** AppSync's own scalars and directives, then the API. */
const FILES = ['aws.graphql', 'schema.graphql'];

/** Mistakes in the schema or in operations, each with `file:line:column` where GraphQL knows the place. */
export class SchemaFailure extends Error {
  override name = 'SchemaFailure';
  readonly mistakes: readonly string[];

  constructor(errors: readonly GraphQLError[]) {
    const mistakes = errors.map(located);
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

function located({ message, source, locations }: GraphQLError): string {
  const [place] = locations ?? [];
  return `${source?.name ?? 'schema/schema.graphql'}${place ? `:${place.line}:${place.column}` : ''}: ${message}`;
}

/** @throws SchemaFailure */
export function readSchema(): GraphQLSchema {
  const schema = schemaOf(
    FILES.map((file) =>
      parsed(new Source(readFileSync(new URL(file, import.meta.url), 'utf8'), `schema/${file}`)),
    ),
  );
  refuseAny(validateSchema(schema));
  return schema;
}

/** @throws SchemaFailure */
export function parsed(source: Source): DocumentNode {
  try {
    return parse(source);
  } catch (error) {
    throw error instanceof GraphQLError ? new SchemaFailure([error]) : error;
  }
}

/** The schema, whose types may still contradict each other: `validateSchema`. @throws SchemaFailure */
export function schemaOf(documents: readonly DocumentNode[]): GraphQLSchema {
  const document = concatAST(documents);
  refuseAny(validateSDL(document));
  return buildASTSchema(document, { assumeValidSDL: true });
}

/** @throws SchemaFailure */
export function refuseAny(errors: readonly GraphQLError[]): void {
  if (errors.length > 0) {
    throw new SchemaFailure(errors);
  }
}
