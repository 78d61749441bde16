/**
 * Where fields are resolved. A field of `Query` or `Mutation` needs a file `resolvers/Type.field.ts`; what is not named
 * here is a unit resolver on the items table.
 */
export const routes: Record<string, Route> = {
  'Query.listItems': {
    pipeline: ['read-items-page', 'read-items-page', 'read-items-page', 'read-items-page'],
  },
  'Query.listItemsByKind': {
    pipeline: ['read-items-page', 'read-items-page', 'read-items-page', 'read-items-page'],
  },
  'Query.itemKinds': { dataSource: 'PutValidatedItem' },
  'Mutation.putItem': { pipeline: ['put-item', 'read-item', 'recreate-item'] },
  'Mutation.updateItem': { pipeline: ['merge-item', 'read-item', 'replace-payload'] },
  'Mutation.deleteItem': { pipeline: ['delete-item', 'read-item', 'delete-validated-item'] },
  'Mutation.putValidatedItem': { dataSource: 'PutValidatedItem' },
  'Subscription.onPutItem': { dataSource: 'None' },
  'Subscription.onUpdateItem': { dataSource: 'None' },
  'Subscription.onDeleteItem': { dataSource: 'None' },
};

/** Data sources of the API, by the names resolvers see in logs and metrics. */
export type DataSourceName = 'Items' | 'PutValidatedItem' | 'None';

/** A unit resolver on a data source, or a pipeline of the AppSync functions in `resolvers/pipeline/`, all on the items table. */
export type Route = { dataSource: DataSourceName } | { pipeline: string[] };

export const defaultRoute: Route = { dataSource: 'Items' };
