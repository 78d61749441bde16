import type { Copy } from '../harness/copy.ts';
import { OPERATIONS, SCHEMA } from './schema.ts';
import { importDocument, insertRow } from './who-may.ts';

const RESOLVER = `import type { Context } from '@aws-appsync/utils';
import { callerKey } from '../model/caller.ts';
import type { QueryListItemsByCreationArgs } from '../schema/generated/schema.ts';
import { callerOf } from './shared/caller.ts';
import { beginPage, pageResult } from './shared/page.ts';
import { readableFilter } from './shared/readable-filter.ts';

export function request(ctx: Context<QueryListItemsByCreationArgs>) {
  const { kind } = ctx.args;
  const caller = callerOf(ctx.identity);
  const query = { expression: '#kind = :kind', names: { '#kind': 'kind' }, values: { ':kind': kind } };
  const source = { index: 'byCreation', query, scanIndexForward: false, filter: readableFilter(caller) };
  return beginPage(ctx, \`listItemsByCreation \${callerKey(caller)} \${kind}\`, source, null);
}

export function response(ctx: Context<QueryListItemsByCreationArgs>) {
  return pageResult(ctx);
}
`;

/** A list of the items of a kind, newest first, of which only the schema knows. */
export function addList(copy: Copy): void {
  copy.insertBefore(
    SCHEMA,
    /^ {2}"The kinds that putValidatedItem accepts\."$/,
    '  "Items of a kind, newest first."\n  listItemsByCreation(kind: String!, limit: Int, nextToken: String): ItemConnection!',
  );
  copy.append(
    OPERATIONS,
    `query ListItemsByCreation($kind: String!, $limit: Int, $nextToken: String) {
  listItemsByCreation(kind: $kind, limit: $limit, nextToken: $nextToken) {
    items {
      ...ItemFields
    }
    nextToken
  }
}
`,
  );
}

/** Its resolver, on an index of its own. */
export function resolveList(copy: Copy): void {
  copy.write('resolvers/Query.listItemsByCreation.ts', RESOLVER);
  copy.insertBefore(
    'infra/routes.ts',
    /^ {2}'Query\.itemKinds'/,
    "  'Query.listItemsByCreation': { pipeline: READS },",
  );
  copy.insertAfter(
    'infra/items-data.ts',
    'globalSecondaryIndexes: [',
    `        {
          indexName: 'byCreation',
          partitionKey: { name: 'kind', type: AttributeType.STRING },
          sortKey: { name: 'createdAt', type: AttributeType.STRING },
          ...most,
        },`,
  );
}

/** What its resolver may ask of the index. */
export const grantList = (copy: Copy): void =>
  copy.edit(
    'infra/data-sources.ts',
    '`${items.tableArn}/index/byKind`',
    (found) => `${found}, \`\${items.tableArn}/index/byCreation\``,
  );

export function expectList(copy: Copy): void {
  insertRow(
    copy,
    /^ {2}'Query\.itemKinds'/,
    `  'Query.listItemsByCreation': {
    deed: 'list',
    make: makeValidated,
    attempts: { '': listing(ListItemsByCreationDocument, () => ({ kind: 'product' })) },
  },`,
  );
  importDocument(copy, 'ListItemsByCreationDocument');
}
