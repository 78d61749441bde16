import type { LambdaSourceName } from './lambda-sources.ts';

/** One attempt of a batch; AppSync allows ten steps in a pipeline (AWS General Reference, AppSync quotas). */
const ROUND = ['read-batch', 'write-batch'];
/** A write in conflict with a transaction is repeated; a step that is not needed makes no request. */
const tries = (step: string): string[] => [step, step, step];
const READS = Array<string>(10).fill('read-items-page');

/** The routes of fields that have another than their type's. Each field needs a file `resolvers/Type.field.ts`. */
export const routes: Record<string, Route> = {
  'Query.getItems': { pipeline: ['read-items', 'read-items', 'read-items'] },
  'Query.listItems': { pipeline: READS },
  'Query.listItemsByKind': { pipeline: READS }, // part: validated-items
  'Query.itemChanges': { pipeline: Array<string>(8).fill('read-changes') }, // part: change-feed
  'Query.itemKinds': { dataSource: 'PutValidatedItem' }, // part: validated-items
  'Mutation.putItem': {
    pipeline: ['put-item', 'read-item', 'recreate-item', ...ROUND, ...ROUND, ...ROUND],
  },
  'Mutation.putItems': { pipeline: [...ROUND, ...ROUND, ...ROUND, ...ROUND, ...ROUND] },
  'Mutation.updateItem': { pipeline: [...tries('merge-item'), 'read-item', ...tries('replace-payload')] },
  'Mutation.deleteItem': {
    pipeline: [
      ...tries('delete-item'),
      'read-item',
      'explain-delete',
      ...tries('delete-constrained-item'), // part: validated-items
    ],
  },
  'Mutation.putValidatedItem': { dataSource: 'PutValidatedItem' }, // part: validated-items
  'Mutation.publishItemChange': { dataSource: 'None' }, // part: change-feed
};

/** Data sources of the API, by their names in logs and metrics. */
export type DataSourceName =
  | 'Items'
  | 'Changes' // part: change-feed
  | 'None'
  | LambdaSourceName;

/** A unit resolver on a data source, or a pipeline of the AppSync functions in `resolvers/pipeline/`. */
export type Route = { dataSource: DataSourceName } | { pipeline: string[] };

/** The route of a field: by default a unit resolver on the items table, or on no data at all for a subscription, which reads nothing. */
export const routeOf = (field: string): Route =>
  routes[field] ?? { dataSource: field.startsWith('Subscription.') ? 'None' : 'Items' };

/** Steps of pipelines that are not on the items table. */
const stepSources: Record<string, DataSourceName> = {
  'read-changes': 'Changes', // part: change-feed
  'explain-delete': 'None',
};

/** The data source of a step of pipelines. */
export const sourceOfStep = (step: string): DataSourceName => stepSources[step] ?? 'Items';
