import { answered } from '../data-source.ts';
import { orCancelled } from './cancellation.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { Aliases, expressionOf, readExpression } from './expressions.ts';
import {
  checkMembers,
  readList,
  readObject,
  readOptionalBoolean,
  readOptionalTypedMap,
  readString,
  readTypedMap,
  type Members,
} from './read-request.ts';
import { notFound, wrongType } from './request-problem.ts';
import { mapFromWire, type WireMap } from './typed-values.ts';

const MEMBERS = members('transactItems');
const CONDITION_MEMBERS = new Set([
  'expression',
  'expressionNames',
  'expressionValues',
  'returnValuesOnConditionCheckFailure',
]);

/** Returns `{keys: [key], cancellationReasons: null}` (docs/facts/dynamodb.md#transact-write). */
export const transactWriteItems: Operation = async (request, { client }) => {
  checkMembers(request, MEMBERS, '$');
  const path = '$[transactItems]';
  const writes = readList(request.transactItems, path).map((item, index) =>
    readWrite(item, `${path}[${index}]`),
  );
  return orCancelled('keys', async () => {
    await client.call('TransactWriteItems', { TransactItems: writes.map(({ input }) => input) });
    return answered({ keys: writes.map(({ key }) => mapFromWire(key)), cancellationReasons: null });
  });
};

interface Write {
  key: WireMap;
  input: object;
}

/** Builds the members of DynamoDB's item besides table and condition. */
type Content = (item: Members, key: WireMap, path: string, aliases: Aliases) => object;

interface Kind {
  /** DynamoDB's name of the operation. */
  member: string;
  members: ReadonlySet<string>;
  content: Content;
}

const kind = (member: string, names: string[], content: Content): Kind => ({
  member,
  members: new Set(['table', 'operation', 'key', 'condition', ...names]),
  content,
});

const KINDS = new Map<string, Kind>([
  [
    'PutItem',
    kind('Put', ['attributeValues'], ({ attributeValues }, key, path) => ({
      Item: { ...readOptionalTypedMap(attributeValues, `${path}[attributeValues]`), ...key },
    })),
  ],
  [
    'UpdateItem',
    kind('Update', ['update'], ({ update }, Key, path, aliases) => ({
      Key,
      UpdateExpression: aliases.add(readExpression(update, `${path}[update]`)),
    })),
  ],
  ['DeleteItem', kind('Delete', [], (_, Key) => ({ Key }))],
  [
    'ConditionCheck',
    kind('ConditionCheck', [], ({ condition }, Key, path) => {
      if (condition === undefined || condition === null) {
        throw notFound(`${path}[condition]`);
      }
      return { Key };
    }),
  ],
]);

function readWrite(value: unknown, path: string): Write {
  const item = readObject(value, path);
  const operation = readString(item.operation, `${path}[operation]`);
  const found = KINDS.get(operation);
  if (!found) {
    throw wrongType(`${path}[operation]`, 'PutItem, UpdateItem, DeleteItem or ConditionCheck', operation);
  }
  checkMembers(item, found.members, path);
  const key = readTypedMap(item.key, `${path}[key]`);
  const aliases = new Aliases();
  const input = {
    TableName: readString(item.table, `${path}[table]`),
    ...found.content(item, key, path, aliases),
    ...readCondition(item.condition, `${path}[condition]`, aliases),
    ...aliases.parameters(),
  };
  return { key, input: { [found.member]: input } };
}

/** A failed condition returns the current item unless the request opts out (docs/facts/dynamodb.md#transact-reasons). */
function readCondition(value: unknown, path: string, aliases: Aliases): object {
  if (value === undefined || value === null) {
    return {};
  }
  const condition = readObject(value, path);
  checkMembers(condition, CONDITION_MEMBERS, path);
  const member = 'returnValuesOnConditionCheckFailure';
  const returnItem = readOptionalBoolean(condition[member], `${path}[${member}]`) ?? true;
  return {
    ConditionExpression: aliases.add(expressionOf(condition, path)),
    ReturnValuesOnConditionCheckFailure: returnItem ? 'ALL_OLD' : 'NONE',
  };
}
