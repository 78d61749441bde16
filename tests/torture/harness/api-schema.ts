import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isLeafType,
  isObjectType,
} from 'graphql';
import { projectRoot } from '../../../packages/appsync-local/tests/server/harness/command.ts';

/** The items API's schema. */
export const apiSchema: GraphQLSchema = buildSchema(
  ['schema/aws.graphql', 'schema/schema.graphql']
    .map((file) => readFileSync(join(projectRoot, file), 'utf8'))
    .join('\n'),
);

/** A selection of everything a type has, such as `{ items { id … } nextToken }`; empty for scalars. */
export function selectionOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) {
    return '';
  }
  const fields = Object.values(named.getFields()).map(({ name, type: of }) =>
    isLeafType(getNamedType(of)) ? name : `${name} ${selectionOf(of)}`,
  );
  return `{ ${fields.join(' ')} }`;
}
