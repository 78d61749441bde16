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
import { disagreements } from '../schema/model-agreement.ts';
import { Mistake } from './mistake.ts';
import { fromRoot } from './paths.ts';

export const SCHEMA = 'schema/schema.graphql';

/** AppSync's own scalars and directives, which the deployed schema uses without declaring them. */
const AWS = 'schema/aws.graphql';

/** The schema's text with normalized line endings, so that everybody deploys the same template. */
export const schemaText = (file = fromRoot(SCHEMA)): string =>
  readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

/**
 * Reads the schema as AppSync will, with AppSync's own scalars and directives.
 * @throws Mistake with every reason why AppSync would refuse it, with `file:line:column` where GraphQL knows the place, or with
 * every member and operator of the schema that the code does not know
 */
export function readApiSchema(): GraphQLSchema {
  const schema = apiSchema(schemaText());
  const unknown = disagreements(schema);
  if (unknown.length > 0) {
    throw new Mistake(unknown.join('\n'));
  }
  return schema;
}

/**
 * @param sdl the text for `schema/schema.graphql`
 * @throws Mistake like `readApiSchema`
 */
export function apiSchema(sdl: string): GraphQLSchema {
  const own = parseFile(sdl, SCHEMA);
  const schema = build(concatAST([parseFile(readFileSync(fromRoot(AWS), 'utf8'), AWS), own]));
  const problems = [...validateSchema(schema).map(located), ...refusedNames(own)];
  if (problems.length > 0) {
    throw new Mistake(problems.join('\n'));
  }
  return schema;
}

function parseFile(body: string, name: string): DocumentNode {
  try {
    return parse(new Source(body, name));
  } catch (error) {
    throw error instanceof GraphQLError ? new Mistake(located(error)) : error;
  }
}

function build(document: DocumentNode): GraphQLSchema {
  const problems = validateSDL(document);
  if (problems.length > 0) {
    throw new Mistake(problems.map(located).join('\n'));
  }
  return buildASTSchema(document, { assumeValidSDL: true });
}

function located({ message, source, locations }: GraphQLError): string {
  const [place] = locations ?? [];
  return `${source?.name ?? SCHEMA}${place ? `:${place.line}:${place.column}` : ''}: ${message}`;
}

/** AppSync has only its own scalars, and reserves names that begin with AWS for them (developer guide, "Scalar types"). */
function refusedNames({ definitions }: DocumentNode): string[] {
  return definitions.flatMap((definition) => {
    if (definition.kind === 'ScalarTypeDefinition') {
      return [
        `${SCHEMA}: scalar ${definition.name.value}: AppSync does not allow custom scalars; use one of AWS's`,
      ];
    }
    const name = 'name' in definition ? (definition.name?.value ?? '') : '';
    return name.startsWith('AWS')
      ? [`${SCHEMA}: ${name}: AppSync reserves names that begin with AWS; choose another`]
      : [];
  });
}
