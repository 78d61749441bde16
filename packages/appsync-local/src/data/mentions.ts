import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { badRequest } from '../http/own-page-answers.ts';
import type { AppModel, TableModel } from '../template/app-model.ts';
import type { AttributeValue, Item, KeyView, Mentions } from './data-view.ts';
import { keyOf } from './tables.ts';
import { itemOf } from './values.ts';

/** Items of a table that are looked at: enough for a developer's own data. */
const MOST_SCANNED = 2_000;
/** Items of a table that are returned. */
const MOST_FOUND = 50;
/** Texts of an item that are tried as keys of other tables. */
const MOST_TEXTS = 100;
/** The longest partition key of DynamoDB, in bytes. */
const LONGEST_KEY = 2_048;

/**
 * Finds what belongs to an item in the app's other tables, whatever the app means by it: items whose partition key is a text of the item
 * (its claims, its parent), and items that hold a key value of the item, also within a text of JSON (its log, its children).
 *
 * @throws RequestRefused 400 for a body without an item; DynamoDbError
 */
export async function findMentions(
  client: DynamoDbClient,
  app: AppModel,
  table: TableModel,
  body: Record<string, unknown>,
): Promise<{ mentions: Mentions[] }> {
  const item = itemOf(body.item, 'item');
  if (!item) {
    throw badRequest('Send item, the item whose related items you want.');
  }
  const key = keyOf(table, table.keySchema);
  const others = app.tables.filter(({ tableName }) => tableName !== table.tableName);
  return { mentions: await Promise.all(others.map((other) => mentionsIn(client, other, item, key))) };
}

async function mentionsIn(
  client: DynamoDbClient,
  table: TableModel,
  item: Item,
  itemKey: KeyView,
): Promise<Mentions> {
  const own = keyOf(table, table.keySchema);
  const named = await itemsNamedBy(client, table, own, textsOf(item));
  const wanted = wantedOf(itemKey.map(({ name }) => item[name]!));
  const scan = await scanned(client, table, (one) => holds({ M: one }, wanted));
  const found = new Map([...named.items, ...scan.items].map((one) => [identityOf(one, own), one]));
  return {
    table: table.tableName,
    items: [...found.values()].slice(0, MOST_FOUND),
    scanned: scan.scanned,
    isCut: scan.isCut || found.size > MOST_FOUND,
    units: named.units + scan.units,
  };
}

const identityOf = (item: Item, key: KeyView): string => JSON.stringify(key.map(({ name }) => item[name]));

/** The texts of an item, as deep as they are, that may be keys. */
function textsOf(item: Item): string[] {
  const texts = new Set<string>();
  const collect = (value: AttributeValue): void => {
    for (const [type, inner] of Object.entries(value)) {
      switch (type) {
        case 'S':
          texts.add(inner as string);
          break;
        case 'SS':
          (inner as string[]).forEach((text) => texts.add(text));
          break;
        case 'L':
          (inner as AttributeValue[]).forEach(collect);
          break;
        case 'M':
          Object.values(inner as Item).forEach(collect);
          break;
        default: // numbers, binary values and booleans are no texts
      }
    }
  };
  Object.values(item).forEach(collect);
  return [...texts]
    .filter((text) => text !== '' && Buffer.byteLength(text) <= LONGEST_KEY)
    .slice(0, MOST_TEXTS);
}

/** Items whose partition key is one of these texts. */
async function itemsNamedBy(
  client: DynamoDbClient,
  { tableName }: TableModel,
  [partition]: KeyView,
  texts: string[],
): Promise<{ items: Item[]; units: number }> {
  if (partition?.type !== 'S') {
    return { items: [], units: 0 };
  }
  const pages = await Promise.all(
    texts.map((text) =>
      client.call<Page>('Query', {
        TableName: tableName,
        KeyConditionExpression: '#partition = :partition',
        ExpressionAttributeNames: { '#partition': partition.name },
        ExpressionAttributeValues: { ':partition': { S: text } },
        Limit: MOST_FOUND,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    ),
  );
  return { items: pages.flatMap(({ Items }) => Items), units: unitsOf(pages) };
}

interface Page {
  Items: Item[];
  LastEvaluatedKey?: Item;
  ScannedCount: number;
  ConsumedCapacity?: { CapacityUnits: number };
}

const unitsOf = (pages: Page[]): number =>
  pages.reduce((sum, { ConsumedCapacity }) => sum + (ConsumedCapacity?.CapacityUnits ?? 0), 0);

async function scanned(
  client: DynamoDbClient,
  { tableName }: TableModel,
  isWanted: (item: Item) => boolean,
): Promise<{ items: Item[]; scanned: number; isCut: boolean; units: number }> {
  const pages: Page[] = [];
  let count = 0;
  let from: Item | undefined;
  do {
    const page = await client.call<Page>('Scan', {
      TableName: tableName,
      Limit: MOST_SCANNED - count,
      ...(from && { ExclusiveStartKey: from }),
      ReturnConsumedCapacity: 'TOTAL',
    });
    pages.push(page);
    count += page.ScannedCount;
    from = page.LastEvaluatedKey;
  } while (from && count < MOST_SCANNED);
  return {
    items: pages.flatMap(({ Items }) => Items.filter(isWanted)),
    scanned: count,
    isCut: from !== undefined,
    units: unitsOf(pages),
  };
}

/** Values that an item is known by. */
interface Wanted {
  /** As JSON. */
  values: ReadonlySet<string>;
  /** Texts as JSON has them, since a text may be JSON that names the item: a log's entry, a message. */
  quoted: string[];
}

const wantedOf = (values: AttributeValue[]): Wanted => ({
  values: new Set(values.map((value) => JSON.stringify(value))),
  quoted: values.flatMap((value) => ('S' in value ? [JSON.stringify(value.S)] : [])),
});

/** Whether a value has one of these values in it. */
function holds(value: AttributeValue, wanted: Wanted): boolean {
  if (wanted.values.has(JSON.stringify(value))) {
    return true;
  }
  const [[type, inner] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'S':
      return wanted.quoted.some((text) => (inner as string).includes(text));
    case 'L':
      return (inner as AttributeValue[]).some((one) => holds(one, wanted));
    case 'M':
      return Object.values(inner as Item).some((one) => holds(one, wanted));
    case 'SS':
    case 'NS':
      return (inner as string[]).some((one) => wanted.values.has(JSON.stringify({ [type[0]!]: one })));
    default: // other values have no parts
      return false;
  }
}
