import { readFileSync } from 'node:fs';
import { type DocumentNode, type GraphQLSchema, Source, validateSchema } from 'graphql';
import { disagreements } from '../schema/model-agreement.ts';
import { parsed, SchemaFailure, schemaOf } from '../schema/read-schema.ts';
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
  try {
    return schemaAs(sdl);
  } catch (error) {
    throw error instanceof SchemaFailure ? new Mistake(error.message) : error;
  }
}

function schemaAs(sdl: string): GraphQLSchema {
  const own = parsed(new Source(sdl, SCHEMA));
  const schema = schemaOf([parsed(new Source(readFileSync(fromRoot(AWS), 'utf8'), AWS)), own]);
  const problems = [...new SchemaFailure(validateSchema(schema)).mistakes, ...refusedNames(own)];
  if (problems.length > 0) {
    throw new Mistake(problems.join('\n'));
  }
  return schema;
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
