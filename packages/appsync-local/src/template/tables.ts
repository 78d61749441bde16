import { isRecord } from '../ground/record.ts';
import { createReader } from './reader.ts';
import type { Reader } from './reader.ts';
import { ofTypes } from './resource.ts';
import type { Resource } from './resource.ts';

/** The tables of the assembly, with the properties and attributes of `AWS::DynamoDB::Table`. */
export const tablesOf = (resources: Resource[]): Resource[] => [
  ...ofTypes(resources, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'),
  ...ofTypes(resources, 'Custom::AmplifyDynamoDBTable').map(asTable),
];

/**
 * The table of an Amplify model: a custom resource with the same properties in lower camel case, and the attributes `TableArn` and
 * `TableStreamArn` (@aws-amplify/graphql-model-transformer, amplify-table-manager-handler).
 */
const asTable = (resource: Resource): Resource => ({
  ...resource,
  properties: capitalized(resource.properties),
  known: (name) => withCapitals(resource.known(uncapitalized(name))),
  written: (name) => withCapitals(resource.written(uncapitalized(name))),
  attribute: (name) => resource.attribute(`Table${name}`),
});

const capitalized = (properties: Reader): Reader =>
  createReader(properties.where, (name) => withCapitals(properties.value(uncapitalized(name))));

function withCapitals(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withCapitals);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, member]) => [
          `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
          withCapitals(member),
        ]),
      )
    : value;
}

const uncapitalized = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
