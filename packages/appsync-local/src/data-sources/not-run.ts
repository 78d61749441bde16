import type { DataSource } from './data-source.ts';
import { refused } from './data-source.ts';

/** `errorType` of a field that needs what this server does not run. AppSync has no such type, so that no code takes it for one of its own. */
export const NOT_RUN_LOCALLY = 'NotRunLocally';

/** Stands in for what this server does not run: the field fails with the reason, before `response` runs. */
export const createNotRunDataSource = (name: string, reason: string): DataSource => ({
  name,
  type: 'NOT_RUN',
  invoke: () => Promise.resolve(refused(`${reason}.`, NOT_RUN_LOCALLY)),
});
