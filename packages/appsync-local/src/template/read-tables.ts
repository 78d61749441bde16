import { isRecord } from '../ground/record.ts';
import type { KeySchemaElement, SecondaryIndexModel, TableModel } from './app-model.ts';
import type { Reader } from './reader.ts';
import type { Resource } from './resource.ts';

/**
 * Reads `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable`, whose properties have the same names.
 * @throws StartFailure for an invalid property
 */
export function readTable(resource: Resource): TableModel {
  const { properties } = resource;
  const stream = properties.optionalSection('StreamSpecification');
  return {
    logicalId: resource.logicalId,
    tableName: resource.ref(),
    arn: resource.attribute('Arn'),
    attributeDefinitions: properties.sections('AttributeDefinitions').map(readAttributeDefinition),
    keySchema: readKeySchema(properties),
    globalSecondaryIndexes: properties.sections('GlobalSecondaryIndexes').map(readIndex),
    localSecondaryIndexes: properties.sections('LocalSecondaryIndexes').map(readIndex),
    ...(stream && { streamViewType: stream.text('StreamViewType') as TableModel['streamViewType'] & string }),
    ...timeToLive(properties),
    ...(hasResourcePolicy(resource) && { hasResourcePolicy: true }),
  };
}

/** A global table has one in each replica. */
const hasResourcePolicy = (table: Resource): boolean =>
  table.known('ResourcePolicy') !== undefined ||
  listed(table.known('Replicas')).some((replica) => isRecord(replica) && 'ResourcePolicy' in replica);

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const readAttributeDefinition = (definition: Reader): TableModel['attributeDefinitions'][number] => ({
  AttributeName: definition.text('AttributeName'),
  AttributeType: definition.text('AttributeType') as 'S' | 'N' | 'B',
});

const readKeySchema = (properties: Reader): KeySchemaElement[] =>
  properties.sections('KeySchema').map((element) => ({
    AttributeName: element.text('AttributeName'),
    KeyType: element.text('KeyType') as KeySchemaElement['KeyType'],
  }));

function readIndex(index: Reader): SecondaryIndexModel {
  const projection = index.section('Projection');
  const included = projection.list('NonKeyAttributes').map(String);
  return {
    IndexName: index.text('IndexName'),
    KeySchema: readKeySchema(index),
    Projection: {
      ProjectionType: projection.text('ProjectionType'),
      ...(included.length > 0 && { NonKeyAttributes: included }),
    },
  };
}

function timeToLive(properties: Reader): Pick<TableModel, 'timeToLiveAttribute'> {
  const specification = properties.optionalSection('TimeToLiveSpecification');
  return specification?.flag('Enabled') === true
    ? { timeToLiveAttribute: specification.text('AttributeName') }
    : {};
}
