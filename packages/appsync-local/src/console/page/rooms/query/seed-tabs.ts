import type { Sample } from '../../api/samples.ts';

/**
 * Stores the texts of the active tab under separate keys, where GraphiQL 4.1 looks for them. Otherwise it shows the first default
 * tab without its variables on the first visit, and adds an empty tab on the next.
 */
export function seedTabs(storage: Storage, [first]: Sample[]): void {
  if (!first || storage.getItem('graphiql:tabState') !== null) {
    return;
  }
  storage.setItem('graphiql:query', first.query);
  storage.setItem('graphiql:variables', first.variables ?? '');
}
