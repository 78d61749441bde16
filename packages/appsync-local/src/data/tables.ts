import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { badRequest } from '../http/own-page-answers.ts';
import type { AppModel, TableModel } from '../template/app-model.ts';
import type { IndexView, KeyView, TableView } from './data-view.ts';

/** The tables of an app as they are. @throws DynamoDbError */
export function viewTables({ tables }: AppModel, client: DynamoDbClient): Promise<TableView[]> {
  return Promise.all(
    tables.map(async (table) => {
      const { Table } = await client.call<{ Table: { ItemCount?: number } }>('DescribeTable', {
        TableName: table.tableName,
      });
      return viewOf(table, Table.ItemCount ?? 0);
    }),
  );
}

function viewOf(table: TableModel, items: number): TableView {
  const { tableName, logicalId, streamViewType, timeToLiveAttribute } = table;
  const view = (kind: IndexView['kind']) => (index: TableModel['globalSecondaryIndexes'][number]) => ({
    name: index.IndexName,
    kind,
    key: keyOf(table, index.KeySchema),
    projection: index.Projection.ProjectionType ?? 'ALL',
  });
  return {
    name: tableName,
    logicalId,
    key: keyOf(table, table.keySchema),
    indexes: [
      ...table.globalSecondaryIndexes.map(view('global')),
      ...table.localSecondaryIndexes.map(view('local')),
    ],
    ...(streamViewType && { stream: streamViewType }),
    ...(timeToLiveAttribute !== undefined && { timeToLiveAttribute }),
    items,
  };
}

/** The key of a table or an index. */
export function keyOf({ attributeDefinitions }: TableModel, schema: TableModel['keySchema']): KeyView {
  const ordered = [...schema].sort((a, b) => (a.KeyType < b.KeyType ? -1 : 1)); // HASH before RANGE
  return ordered.map(({ AttributeName: name }) => ({
    name,
    type: attributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S',
  }));
}

/** @throws RequestRefused 400 for a table that the app does not have: the room shows no others */
export function findTable({ tables }: AppModel, name: string): TableModel {
  const table = tables.find(({ tableName }) => tableName === name);
  if (table) {
    return table;
  }
  throw badRequest(`The app has no table ${name}; it has ${tables.map((one) => one.tableName).join(', ')}.`);
}
