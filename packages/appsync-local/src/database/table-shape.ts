import type { KeySchemaElement, SecondaryIndexModel, TableModel } from '../template/app-model.ts';

/** The parts of DescribeTable's response in use. */
export interface TableDescription {
  TableStatus: string;
  KeySchema: KeySchemaElement[];
  AttributeDefinitions: TableModel['attributeDefinitions'];
  GlobalSecondaryIndexes?: (SecondaryIndexModel & { IndexStatus?: string })[];
  LocalSecondaryIndexes?: SecondaryIndexModel[];
  StreamSpecification?: { StreamEnabled: boolean; StreamViewType?: string };
  LatestStreamArn?: string;
}

/** CreateTable's input: on demand, since the template's capacity has no meaning here. */
export function createTableInput(table: TableModel): object {
  const { streamViewType, globalSecondaryIndexes, localSecondaryIndexes } = table;
  return {
    TableName: table.tableName,
    AttributeDefinitions: table.attributeDefinitions,
    KeySchema: table.keySchema,
    BillingMode: 'PAY_PER_REQUEST',
    ...(globalSecondaryIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalSecondaryIndexes.map(indexInput),
    }),
    ...(localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: localSecondaryIndexes.map(indexInput) }),
    ...(streamViewType && { StreamSpecification: { StreamEnabled: true, StreamViewType: streamViewType } }),
  };
}

const indexInput = ({ IndexName, KeySchema, Projection }: SecondaryIndexModel) => ({
  IndexName,
  KeySchema,
  Projection,
});

/** What of a table no UpdateTable can change. */
type FixedShape = Pick<TableModel, 'keySchema' | 'attributeDefinitions' | 'localSecondaryIndexes'>;

/**
 * The differences that no UpdateTable can remove, in words; null without any.
 * @param owner of the wanted table, for people
 */
export function differenceOf(
  table: FixedShape,
  existing: Pick<TableDescription, 'KeySchema' | 'AttributeDefinitions' | 'LocalSecondaryIndexes'>,
  owner = 'the template',
): string | null {
  const keys = keysText(existing.KeySchema, existing.AttributeDefinitions);
  const wantedKeys = keysText(table.keySchema, table.attributeDefinitions);
  if (keys !== wantedKeys) {
    return `the key ${keys} where ${owner} has ${wantedKeys}`;
  }
  const local = localIndexesText(existing.LocalSecondaryIndexes ?? [], existing.AttributeDefinitions);
  const wantedLocal = localIndexesText(table.localSecondaryIndexes, table.attributeDefinitions);
  return local === wantedLocal
    ? null
    : `the local secondary indexes ${local || '(none)'} where ${owner} has ${wantedLocal || '(none)'}`;
}

/**
 * UpdateTable inputs, in order, for one index each, as DynamoDB requires; an index that differs is removed and created again,
 * and DynamoDB fills it from the table.
 */
export function alterIndexes(table: TableModel, existing: TableDescription): object[] {
  const before = indexTexts(existing.GlobalSecondaryIndexes ?? [], existing.AttributeDefinitions);
  const after = indexTexts(table.globalSecondaryIndexes, table.attributeDefinitions);
  const removed = [...before].filter(([name, text]) => after.get(name) !== text).map(([name]) => name);
  const added = table.globalSecondaryIndexes.filter(
    ({ IndexName }) => before.get(IndexName) !== after.get(IndexName),
  );
  return [
    ...removed.map((IndexName) => updateIndexInput(table, { Delete: { IndexName } })),
    ...added.map((index) => updateIndexInput(table, { Create: indexInput(index) })),
  ];
}

const updateIndexInput = (table: TableModel, update: object): object => ({
  TableName: table.tableName,
  ...('Create' in update && { AttributeDefinitions: table.attributeDefinitions }),
  GlobalSecondaryIndexUpdates: [update],
});

type Definitions = TableModel['attributeDefinitions'];

const indexTexts = (indexes: SecondaryIndexModel[], definitions: Definitions): Map<string, string> =>
  new Map(indexes.map((index) => [index.IndexName, indexText(index, definitions)]));

const localIndexesText = (indexes: SecondaryIndexModel[], definitions: Definitions): string =>
  [...indexTexts(indexes, definitions).values()].sort().join(', ');

function indexText(
  { IndexName, KeySchema, Projection }: SecondaryIndexModel,
  definitions: Definitions,
): string {
  const included = [...(Projection.NonKeyAttributes ?? [])].sort().join(' ');
  return `${IndexName} ${keysText(KeySchema, definitions)} ${Projection.ProjectionType} ${included}`.trim();
}

/** `id (S), createdAt (N)`: partition key first, as in DynamoDB. */
function keysText(keys: KeySchemaElement[], definitions: Definitions): string {
  const typeOf = (name: string) =>
    definitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
  const ordered = [...keys].sort((a, b) => (a.KeyType < b.KeyType ? -1 : 1)); // HASH before RANGE
  return ordered.map(({ AttributeName }) => `${AttributeName} (${typeOf(AttributeName)})`).join(', ');
}
