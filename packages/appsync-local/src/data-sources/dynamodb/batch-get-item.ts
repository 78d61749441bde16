import { answered, failed } from '../data-source.ts';
import { everyTable, mapTables, readMaps, type ByTable } from './by-table.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { dataSourceError } from './errors.ts';
import { Aliases, readOptionalProjection, type Expression } from './expressions.ts';
import { runBatch } from './partial-batch.ts';
import { keysLeftOut, without } from './projected-keys.ts';
import { checkMembers, readObject, readOptionalBoolean } from './read-request.ts';
import { canonicalText } from './same-item.ts';
import { mapFromWire, type WireMap, type WireValue } from './typed-values.ts';

const MEMBERS = members('tables');
const TABLE_MEMBERS = new Set(['keys', 'consistentRead', 'projection']);

interface BatchGetAnswer {
  Responses?: ByTable<WireMap>;
  UnprocessedKeys?: Record<string, { Keys: WireMap[] }>;
}

interface TableRead {
  keys: WireMap[];
  input: object;
  /** Key attributes that were read only to match items to keys. */
  hidden: string[];
}

/** Returns `{data: {T: [item | null]}, unprocessedKeys: {T: [key]}}`, items in the order of their keys (docs/facts/dynamodb.md#batch). */
export const batchGetItem: Operation = async (request, { client }) => {
  checkMembers(request, MEMBERS, '$');
  const reads = mapTables(readObject(request.tables, '$[tables]'), (value, table) =>
    readTable(value, `$[tables][${table}]`),
  );
  const requestItems = mapTables(reads, ({ input }) => input);
  const { answers, error } = await runBatch(requestItems, (RequestItems) =>
    client.call<BatchGetAnswer>('BatchGetItem', { RequestItems }),
  );
  const found: ByTable<WireMap> = Object.assign({}, ...answers.map(({ Responses }) => Responses));
  const left: ByTable<Record<string, unknown>> = Object.assign(
    {},
    ...answers.map(({ UnprocessedKeys = {} }) =>
      mapTables(UnprocessedKeys, ({ Keys }) => Keys.map((key) => mapFromWire(key))),
    ),
  );
  const result = {
    data: mapTables(reads, (read, table) => inOrder(read, found[table] ?? [])),
    unprocessedKeys: everyTable(reads, left),
  };
  return error ? failed(dataSourceError(error), result) : answered(result);
};

function readTable(value: unknown, path: string): TableRead {
  const table = readObject(value, path);
  checkMembers(table, TABLE_MEMBERS, path);
  const keys = readMaps(table.keys, `${path}[keys]`);
  const consistentRead = readOptionalBoolean(table.consistentRead, `${path}[consistentRead]`);
  const projection = readOptionalProjection(table.projection, `${path}[projection]`);
  const { hidden, parameters } = project(projection, Object.keys(keys[0] ?? {}));
  return {
    keys,
    hidden,
    input: { Keys: keys, ...(consistentRead && { ConsistentRead: true }), ...parameters },
  };
}

/** DynamoDB returns items in any order, so their key attributes must be read as well. */
function project(
  projection: Expression | undefined,
  keyNames: string[],
): { hidden: string[]; parameters: object } {
  if (!projection) {
    return { hidden: [], parameters: {} };
  }
  const hidden = keysLeftOut(projection, keyNames);
  const names = Object.fromEntries(hidden.map((name, index) => [`#key${index}`, name]));
  const aliases = new Aliases();
  const texts = [projection, { text: Object.keys(names).join(', '), names, values: {} }]
    .filter(({ text }) => text !== '')
    .map((expression) => aliases.add(expression));
  return { hidden, parameters: { ProjectionExpression: texts.join(', '), ...aliases.parameters() } };
}

function inOrder({ keys, hidden }: TableRead, items: WireMap[]): (Record<string, unknown> | null)[] {
  const names = Object.keys(keys[0] ?? {});
  const byKey = new Map(items.map((item) => [keyText(names, item), item]));
  return keys.map((key) => {
    const item = byKey.get(keyText(names, key));
    return item === undefined ? null : without(mapFromWire(item), hidden);
  });
}

const keyText = (names: string[], item: WireMap): string =>
  names.map((name) => canonicalText(item[name] ?? NOTHING)).join();

const NOTHING: WireValue = { NULL: true };
