import { isRecord } from '../ground/record.ts';
import type { Access, Context } from './access.ts';

/** Where tables are that are named and not given by their ARN, and which attribute is their partition key. */
export interface TablePlace {
  region: string;
  accountId: string;
  /** The attribute's name. @returns undefined for a table or an index that the template does not have */
  partitionKeyOf(tableName: string, indexName?: string): string | undefined;
}

type Input = Record<string, unknown>;
type AccessesOf = (input: Input, place: TablePlace, operation: string) => Access[];

/**
 * What DynamoDB asks IAM about for one call (DynamoDB developer guide, "Actions, resources, and condition keys" and "How it works with
 * IAM" for transactions): the action of the same name on the table or the index, or for a transaction that of each of its parts.
 * @param operation `TransactWriteItems`
 * @param input of the operation, in DynamoDB's own JSON
 */
export function dynamoDbAccesses(operation: string, input: object, place: TablePlace): Access[] {
  const accesses = ACCESSES[operation] ?? ofTable;
  return accesses(input as Input, place, operation);
}

const ofTable: AccessesOf = (input, place, operation) => {
  const { TableName: table, IndexName: index } = input;
  const action = `dynamodb:${operation}`;
  if (typeof table !== 'string') {
    return [{ action, resource: '*' }];
  }
  const ofIndex = typeof index === 'string' ? `/index/${index}` : '';
  return [
    {
      action,
      resource: `${tableArn(table, place)}${ofIndex}`,
      // A Scan names no keys.
      context: () => (operation === 'Scan' ? new Map() : keysOf([input], table, place)),
    },
  ];
};

/** One access for each table: `RequestItems` of a batch. */
const ofBatch: AccessesOf = ({ RequestItems }, place, operation) =>
  Object.entries(isRecord(RequestItems) ? RequestItems : {}).map(([table, requests]) => ({
    action: `dynamodb:${operation}`,
    resource: tableArn(table, place),
    context: () => keysOf(requestsOf(requests), table, place),
  }));

/** `{Keys: [key]}` of a read, `[{PutRequest: {Item}}]` of a write. */
function requestsOf(requests: unknown): Input[] {
  if (isRecord(requests)) {
    return listOf(requests['Keys']).map((Key) => ({ Key }));
  }
  return listOf(requests).flatMap((request) =>
    isRecord(request) ? Object.values(request).filter(isRecord) : [],
  );
}

/** The permission that each part of a transaction needs (DynamoDB developer guide, "DynamoDB transactions: how it works"). */
const PARTS: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const ofTransaction: AccessesOf = ({ TransactItems }, place, operation) => {
  const accesses: Access[] = [];
  for (const item of listOf(TransactItems)) {
    for (const kind in PARTS) {
      const part = isRecord(item) ? item[kind] : undefined;
      if (isRecord(part)) {
        accesses.push(...ofTable(part, place, PARTS[kind]!).map((access) => within(operation, access)));
      }
    }
  }
  return accesses;
};

const within = (operation: string, { action, resource, context }: Access): Access => ({
  action,
  resource,
  context: () => new Map([...(context?.() ?? []), ['dynamodb:enclosingoperation', [operation]]]),
});

const STATEMENT = /^\s*(select|insert|update|delete|exists)\b/i;
const PARTIQL: Record<string, string> = {
  select: 'PartiQLSelect',
  exists: 'PartiQLSelect',
  insert: 'PartiQLInsert',
  update: 'PartiQLUpdate',
  delete: 'PartiQLDelete',
};
/** `FROM "Items"."byKind"`, `INTO Items`, `UPDATE Items`. */
const TARGET = /\b(?:from|into|update)\s+("[^"]+"|[\w.-]+?)(?:\.("[^"]+"|[\w-]+))?(?=[\s;(]|$)/i;

/** PartiQL has actions of its own ("IAM security policies with PartiQL for DynamoDB"). */
function ofStatement(statement: unknown, place: TablePlace): Access[] {
  const text = String(statement);
  const action = PARTIQL[STATEMENT.exec(text)?.[1]?.toLowerCase() ?? ''];
  const [, table, index] = TARGET.exec(text) ?? [];
  if (action === undefined || table === undefined) {
    return [];
  }
  const ofIndex = index === undefined ? '' : `/index/${unquoted(index)}`;
  return [{ action: `dynamodb:${action}`, resource: `${tableArn(unquoted(table), place)}${ofIndex}` }];
}

const unquoted = (name: string): string => name.replaceAll('"', '');

const ofStatements =
  (member: string): AccessesOf =>
  (input, place) =>
    listOf(input[member]).flatMap((one) => (isRecord(one) ? ofStatement(one['Statement'], place) : []));

/** Calls that name their tables otherwise. A local stream has another ARN than the template's, so streams are not judged. */
const ACCESSES: Record<string, AccessesOf> = {
  BatchGetItem: ofBatch,
  BatchWriteItem: ofBatch,
  TransactGetItems: ofTransaction,
  TransactWriteItems: ofTransaction,
  ExecuteStatement: ({ Statement }, place) => ofStatement(Statement, place),
  BatchExecuteStatement: ofStatements('Statements'),
  ExecuteTransaction: ofStatements('TransactStatements'),
  DescribeStream: () => [],
  GetRecords: () => [],
  GetShardIterator: () => [],
  ListStreams: () => [],
};

const tableArn = (nameOrArn: string, { region, accountId }: TablePlace): string =>
  nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:dynamodb:${region}:${accountId}:table/${nameOrArn}`;

/** `dynamodb:LeadingKeys`: the partition keys that requests name; null if they are unknown. */
function keysOf(requests: Input[], table: string, place: TablePlace): Context {
  const tableName = table.slice(table.lastIndexOf('/') + 1);
  const keys = requests.map((request) => keyOf(request, tableName, place));
  const known = keys.filter((key) => key !== undefined);
  return new Map([['dynamodb:leadingkeys', known.length === keys.length ? known : null]]);
}

function keyOf(request: Input, tableName: string, { partitionKeyOf }: TablePlace): string | undefined {
  const index = request['IndexName'];
  const name = partitionKeyOf(tableName, typeof index === 'string' ? index : undefined);
  const map = request['Key'] ?? request['Item'];
  const value = name === undefined ? undefined : isRecord(map) ? map[name] : queriedKey(request, name);
  return isRecord(value) ? String(Object.values(value)[0]) : undefined;
}

/** Of `KeyConditionExpression: '#id = :id AND …'`. */
function queriedKey(request: Input, name: string): unknown {
  const { KeyConditionExpression: expression, ExpressionAttributeNames: names } = request;
  const values = request['ExpressionAttributeValues'];
  for (const [, left, right] of String(expression ?? '').matchAll(/(#?[\w.-]+)\s*=\s*(:\w+)/g)) {
    const attribute = isRecord(names) ? (names[left!] ?? left) : left;
    if (attribute === name && isRecord(values)) {
      return values[right!];
    }
  }
  return undefined;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
