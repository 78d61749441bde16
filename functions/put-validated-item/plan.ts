import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Caller } from './caller.ts';
import type { Claim } from './claims.ts';
import { epochSeconds, isLive, type StoredItem } from './item.ts';
import { type Reference, referrersKey } from './references.ts';
import type { Tables } from './tables.ts';

/** An action of TransactWriteItems, in plain JavaScript values. */
export type TransactWriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** An action of the transaction, and what it means to us when its condition fails. */
export type Action =
  | { does: 'put'; entry: TransactWriteItem }
  | { does: 'claim'; claim: Claim; entry: TransactWriteItem }
  | { does: 'release'; pk: string; entry: TransactWriteItem }
  | { does: 'require'; reference: Reference; entry: TransactWriteItem }
  | { does: 'count'; entry: TransactWriteItem };

/** A write as decided from what was read. */
export interface Write {
  item: StoredItem;
  /** The row read, live or expired; undefined when there was none. */
  read: StoredItem | undefined;
  /** On whose behalf; a reference needs the right to read its target. */
  caller: Caller;
  claims: readonly Claim[];
  references: readonly Reference[];
  /** Claims the row names although another item holds them by now: there is nothing to release. */
  lost: ReadonlySet<string>;
  /** Epoch milliseconds. */
  now: number;
}

/** A reserved word (Developer Guide, "Reserved words in DynamoDB"). */
const OWNER = { '#owner': 'owner' };

/**
 * The row must be what was read. `createdAt` tells it from one that was deleted and created again since, which counts its
 * versions from 1 too; `owner` from one that a script gave to somebody else without counting; and a reference to it made since must
 * not be forgotten.
 */
function unchanged({ read, now }: Write) {
  if (!read) {
    return { ConditionExpression: 'attribute_not_exists(id)' };
  }
  const clauses = [
    'version = :version',
    'createdAt = :createdAt',
    read.owner === undefined ? 'attribute_not_exists(#owner)' : '#owner = :owner',
  ];
  const values: Record<string, unknown> = {
    ':version': read.version,
    ':createdAt': read.createdAt,
    ':owner': read.owner,
  };
  if (!read.referenced) {
    clauses.push('attribute_not_exists(referenced)');
  }
  if (!isLive(read, now)) {
    clauses.push('expiresAt <= :now');
    values[':now'] = epochSeconds(now);
  }
  return {
    ConditionExpression: clauses.join(' AND '),
    ExpressionAttributeNames: OWNER,
    ExpressionAttributeValues: values,
  };
}

const put = (write: Write, { items }: Tables): Action => ({
  does: 'put',
  entry: { Put: { TableName: items, Item: write.item, ...unchanged(write) } },
});

/** The values of the row that this write can rely on: those of an expired item are free for anybody. */
const held = ({ read, now }: Write): ReadonlySet<string> =>
  new Set(read && isLive(read, now) ? (read.claims ?? []) : []);

const claimOne = (claim: Claim, { item, now }: Write, { constraints }: Tables): Action => ({
  does: 'claim',
  claim,
  entry: {
    Put: {
      TableName: constraints,
      Item: { pk: claim.pk, itemId: item.id, expiresAt: item.expiresAt },
      ConditionExpression: 'attribute_not_exists(pk) OR itemId = :id OR expiresAt <= :now',
      ExpressionAttributeValues: { ':id': item.id, ':now': epochSeconds(now) },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
});

/** A value the item keeps is written again only to move its expiry: each write saved is one of the hundred. */
function claim(write: Write, tables: Tables): Action[] {
  const kept = held(write);
  const sameExpiry = write.read?.expiresAt === write.item.expiresAt;
  return write.claims
    .filter(({ pk }) => !(sameExpiry && kept.has(pk) && !write.lost.has(pk)))
    .map((one) => claimOne(one, write, tables));
}

function release(write: Write, { constraints }: Tables): Action[] {
  const wanted = new Set(write.claims.map(({ pk }) => pk));
  const released = [...held(write)].filter((pk) => !wanted.has(pk) && !write.lost.has(pk));
  return released.map((pk) => ({
    does: 'release',
    pk,
    entry: {
      Delete: {
        TableName: constraints,
        Key: { pk },
        ConditionExpression: 'attribute_not_exists(pk) OR itemId = :id',
        ExpressionAttributeValues: { ':id': write.item.id },
      },
    },
  }));
}

const LIVE = 'attribute_exists(id) AND (attribute_not_exists(expiresAt) OR expiresAt > :now)';

/** The condition that the caller may read an item: one that it may not is refused as one that is not there. */
function readable({ caller, now }: Write) {
  const values = { ':now': epochSeconds(now) };
  if (caller.readsAll) {
    return { condition: { ConditionExpression: LIVE }, values };
  }
  const nobodys = 'attribute_not_exists(#owner)';
  const whose = caller.owner === null ? nobodys : `(${nobodys} OR #owner = :caller)`;
  return {
    condition: { ConditionExpression: `${LIVE} AND ${whose}`, ExpressionAttributeNames: OWNER },
    values: { ...values, ...(caller.owner !== null && { ':caller': caller.owner }) },
  };
}

/** An item that is kept from now on is told so in the action that looks whether it is there. */
function requireOne(reference: Reference, kept: boolean, write: Write, { items }: Tables): Action {
  const { condition, values } = readable(write);
  const target = { TableName: items, Key: { id: reference.id }, ...condition };
  const entry: TransactWriteItem = kept
    ? {
        Update: {
          ...target,
          UpdateExpression: 'SET referenced = :true',
          ExpressionAttributeValues: { ...values, ':true': true },
        },
      }
    : { ConditionCheck: { ...target, ExpressionAttributeValues: values } };
  return { does: 'require', reference, entry };
}

/** Counts the items that keep another one from being deleted, in the row that its delete looks at. */
const count = (id: string, by: 1 | -1, { constraints }: Tables): Action => ({
  does: 'count',
  entry: {
    Update: {
      TableName: constraints,
      Key: { pk: referrersKey(id) },
      UpdateExpression: 'ADD referrers :by',
      ExpressionAttributeValues: { ':by': by },
    },
  },
});

function refer(write: Write, tables: Tables): Action[] {
  const before = new Set(write.read?.references ?? []);
  const after = new Set(write.item.references ?? []);
  const isNew = (id: string): boolean => after.has(id) && !before.has(id);
  return [
    ...write.references.map((reference) => requireOne(reference, isNew(reference.id), write, tables)),
    ...[...after].filter(isNew).map((id) => count(id, 1, tables)),
    ...[...before].filter((id) => !after.has(id)).map((id) => count(id, -1, tables)),
  ];
}

/** All of the write as the actions of one transaction; may be more than DynamoDB takes. */
export const plan = (write: Write, tables: Tables): Action[] => [
  put(write, tables),
  ...claim(write, tables),
  ...release(write, tables),
  ...refer(write, tables),
];
