import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import type { Caller, CallerName } from '../../harness/callers.ts';
import type { Client } from '../../harness/client.ts';
import type { Marks } from '../../harness/marks.ts';

/** An item that others want to see. */
export interface Treasure {
  holder: CallerName;
  /** Whom it belongs to; null for an item of nobody. */
  owner: string | null;
  /** A mark itself. */
  id: string;
  /** Stands in its payload, as the value of the member `mark`. */
  mark: string;
  version: number;
  kind: string | null;
  /** Of validated items: the unique value. */
  sku: string | null;
  /** It was written with this token. */
  token: string | null;
}

/** Who has items of its own, for others to look for. */
const HOLDERS: readonly CallerName[] = ['key', 'alice', 'bob', 'admin'];
/** Whom the table "Permissions" of the README lets read the items of a holder. */
const READERS: Record<CallerName, readonly CallerName[]> = {
  key: ['key', 'alice', 'bob', 'admin', 'iam'],
  alice: ['alice', 'admin', 'iam'],
  bob: ['bob', 'admin', 'iam'],
  admin: ['admin', 'iam'],
  iam: ['admin', 'iam'],
};
/** A user lists its own items only, and reads those of nobody by id. */
const LISTERS: Record<CallerName, readonly CallerName[]> = { ...READERS, key: ['key', 'admin', 'iam'] };

/** What a mutation answers decides what subscribers of the mutation may be told: with the owner, without it, under another name. */
const SELECTIONS = [
  'id kind payload version owner createdAt updatedAt expiresAt',
  'id kind payload version createdAt',
  'id payload o: owner',
  'owner: id payload',
  '__typename',
];

export const mayRead = (caller: CallerName, holder: CallerName): boolean => READERS[holder].includes(caller);
export const mayList = (caller: CallerName, holder: CallerName): boolean => LISTERS[holder].includes(caller);
export const isMine = (caller: Caller, { holder }: Treasure): boolean =>
  caller.isUnrestricted || caller.name === holder;

/** A mark that those may see who may read the items of a holder. */
export const markOf = (marks: Marks, holder: CallerName): string => marks.make(...READERS[holder]);

/** Writes items of every holder by every mutation that writes, each with marks for its readers. */
export async function bury(client: Client, marks: Marks, random: Random): Promise<Treasure[]> {
  const treasures: Treasure[] = [];
  for (const holder of HOLDERS) {
    for (const write of [putItem, putItems, putValidatedItem, putThenUpdate]) {
      const caller = client.caller(holder);
      const treasure = newTreasure(caller, marks);
      await write(client, caller, treasure, random.oneOf(SELECTIONS));
      treasures.push(treasure);
    }
  }
  return treasures;
}

function newTreasure({ name, owner, isUnrestricted }: Caller, marks: Marks): Treasure {
  return {
    holder: name,
    owner: isUnrestricted ? name : owner,
    id: markOf(marks, name),
    mark: markOf(marks, name),
    version: 1,
    kind: null,
    sku: null,
    token: null,
  };
}

/** Whoever may do everything says whom its items belong to, for else they are nobody's. */
const ownerInput = ({ isUnrestricted }: Caller, { owner }: Treasure): { owner?: string | null } =>
  isUnrestricted ? { owner } : {};

const payloadOf = ({ mark }: Treasure): string => JSON.stringify({ mark, n: 1 });

async function putItem(client: Client, caller: Caller, treasure: Treasure, selection: string): Promise<void> {
  treasure.token = `token-${treasure.id}`.slice(0, 36);
  const input = {
    id: treasure.id,
    payload: payloadOf(treasure),
    clientRequestToken: treasure.token,
    ...ownerInput(caller, treasure),
  };
  await must(
    client,
    caller,
    `mutation ($input: PutItemInput!) { putItem(input: $input) { ${selection} } }`,
    input,
  );
}

async function putItems(
  client: Client,
  caller: Caller,
  treasure: Treasure,
  selection: string,
): Promise<void> {
  const items = [{ id: treasure.id, payload: payloadOf(treasure), ...ownerInput(caller, treasure) }];
  const query = `mutation ($input: PutItemsInput!) { putItems(input: $input) { items { ${selection} } } }`;
  await must(client, caller, query, { items });
}

async function putValidatedItem(
  client: Client,
  caller: Caller,
  treasure: Treasure,
  selection: string,
): Promise<void> {
  treasure.kind = 'product';
  treasure.sku = `SKU-${treasure.id}`.toUpperCase();
  const payload = { sku: treasure.sku, name: treasure.mark, price: { amountMinor: 1, currency: 'EUR' } };
  const query = `mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { ${selection} } }`;
  await must(client, caller, query, {
    id: treasure.id,
    kind: treasure.kind,
    payload: JSON.stringify(payload),
    ...ownerInput(caller, treasure),
  });
}

async function putThenUpdate(
  client: Client,
  caller: Caller,
  treasure: Treasure,
  selection: string,
): Promise<void> {
  await putItem(client, caller, treasure, selection);
  // The answer to the token stays what it was.
  treasure.token = null;
  treasure.version = 2;
  const query = `mutation ($input: UpdateItemInput!) { updateItem(input: $input) { ${selection} } }`;
  await must(client, caller, query, { id: treasure.id, payload: JSON.stringify({ n: 2 }) });
}

/** @throws Error when it is refused: without its items the part would prove nothing */
async function must(client: Client, caller: Caller, query: string, input: object): Promise<void> {
  const { errors, text } = await client.ask(caller, query, { input });
  if (errors.length > 0) {
    throw new Error(`${caller.name} cannot write its own item: ${text}`);
  }
}
