import { answered } from '../data-source.ts';
import { orCancelled } from './cancellation.ts';
import { members, type Operation } from './dynamodb-operation.ts';
import { Aliases, readOptionalProjection } from './expressions.ts';
import { keysLeftOut, without } from './projected-keys.ts';
import { checkMembers, readList, readObject, readString, readTypedMap } from './read-request.ts';
import { itemFromWire, type WireMap } from './typed-values.ts';

const MEMBERS = members('transactItems');
const ITEM_MEMBERS = new Set(['table', 'key', 'projection']);

/** Returns `{items: [item | null], cancellationReasons: null}` (docs/facts/dynamodb.md#transact-get). */
export const transactGetItems: Operation = async (request, { client }) => {
  checkMembers(request, MEMBERS, '$');
  const path = '$[transactItems]';
  const reads = readList(request.transactItems, path).map((item, index) =>
    readRead(item, `${path}[${index}]`),
  );
  const TransactItems = reads.map(({ input }) => input);
  return orCancelled('items', async () => {
    const { Responses } = await client.call<{ Responses: { Item?: WireMap }[] }>('TransactGetItems', {
      TransactItems,
    });
    const items = Responses.map(({ Item }, index) =>
      without(itemFromWire(Item), reads[index]?.leftOut ?? []),
    );
    return answered({ items, cancellationReasons: null });
  });
};

interface Read {
  input: object;
  /** Key attributes outside the projection, which the embedded engine returns anyway (measured 2026-11-23). */
  leftOut: string[];
}

function readRead(value: unknown, path: string): Read {
  const item = readObject(value, path);
  checkMembers(item, ITEM_MEMBERS, path);
  const aliases = new Aliases();
  const projection = readOptionalProjection(item.projection, `${path}[projection]`);
  const Key = readTypedMap(item.key, `${path}[key]`);
  const Get = {
    TableName: readString(item.table, `${path}[table]`),
    Key,
    ...(projection && { ProjectionExpression: aliases.add(projection) }),
    ...aliases.parameters(),
  };
  return { input: { Get }, leftOut: keysLeftOut(projection, Object.keys(Key)) };
}
