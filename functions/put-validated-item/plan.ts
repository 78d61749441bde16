import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Caller } from '../../model/caller.ts';
import {
  claimable,
  countReferrers,
  referrersKey,
  releasable,
  unreferenced,
} from '../../model/constraints.ts';
import { isLive, liveness } from '../../model/expiry.ts';
import { allOf, type Expression } from '../../model/expression.ts';
import type { StoredItem } from '../../model/item.ts';
import type { Claim } from '../../model/kinds/claims.ts';
import type { Reference } from '../../model/kinds/references.ts';
import { ownership } from '../../model/permissions.ts';
import { unchanged } from '../../model/unchanged.ts';
import type { Tables } from './tables.ts';

/** An action of TransactWriteItems, in plain JavaScript values. */
export type TransactWriteItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** An action of the transaction, and the meaning of its failed condition. */
export type Action =
  | { does: 'put'; entry: TransactWriteItem }
  | { does: 'claim'; claim: Claim; entry: TransactWriteItem }
  | { does: 'release'; pk: string; entry: TransactWriteItem }
  | { does: 'require'; reference: Reference; entry: TransactWriteItem }
  | { does: 'count'; entry: TransactWriteItem }
  | { does: 'change kind'; entry: TransactWriteItem };

/** A write, decided from what was read. */
export interface Write {
  item: StoredItem;
  /** The row that was read, live or expired; null for a missing one. */
  read: StoredItem | null;
  /** The caller of the write; a reference requires the right to read its target. */
  caller: Caller;
  claims: readonly Claim[];
  references: readonly Reference[];
  /** Claims that the row names although another item now holds them: there is nothing to release. */
  lost: ReadonlySet<string>;
  /** Epoch seconds. */
  now: number;
}

/** A condition of an action; DynamoDB accepts no empty list of values. */
const conditioned = ({ expression, names, values }: Expression) => ({
  ConditionExpression: expression,
  ExpressionAttributeNames: names,
  ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
});

function put({ item, read, now }: Write, { items }: Tables): Action {
  const expiredBy = read && !isLive(read, now) ? now : null;
  return {
    does: 'put',
    entry: { Put: { TableName: items, Item: item, ...conditioned(unchanged(read, expiredBy)) } },
  };
}

/** The values that the row holds for certain: those of an expired item are free for anybody. */
const held = ({ read, now }: Write): ReadonlySet<string> =>
  new Set(read && isLive(read, now) ? (read.claims ?? []) : []);

const claimOne = (claim: Claim, { item, now }: Write, { constraints }: Tables): Action => ({
  does: 'claim',
  claim,
  entry: {
    Put: {
      TableName: constraints,
      Item: { pk: claim.pk, itemId: item.id, expiresAt: item.expiresAt },
      ...conditioned(claimable(item.id, now)),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  },
});

/** Rewrites a value that the item keeps only to move its expiry: each write saved is one of the hundred. */
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
        ...conditioned(releasable(write.item.id)),
      },
    },
  }));
}

/** The condition that the caller may read an item, and that it is of the kind: any other item is refused like a missing one. */
function readable(kind: string | null, { caller, now }: Write): Expression {
  const own = ownership(caller, 'read');
  return allOf([
    { expression: 'attribute_exists(#id)', names: { '#id': 'id' }, values: {} },
    liveness(now),
    ...(own ? [own] : []),
    ...(kind === null
      ? []
      : [{ expression: '#kind = :kind', names: { '#kind': 'kind' }, values: { ':kind': kind } }]),
  ]);
}

/** Checks that a referenced item exists; the same action marks an item that is referenced from now on. */
function requireOne(reference: Reference, kept: boolean, write: Write, { items }: Tables): Action {
  const condition = readable(reference.kind, write);
  const target = { TableName: items, Key: { id: reference.id } };
  const entry: TransactWriteItem = kept
    ? {
        Update: {
          ...target,
          UpdateExpression: 'SET #referenced = :true',
          ConditionExpression: condition.expression,
          ExpressionAttributeNames: { ...condition.names, '#referenced': 'referenced' },
          ExpressionAttributeValues: { ...condition.values, ':true': true },
        },
      }
    : { ConditionCheck: { ...target, ...conditioned(condition) } };
  return { does: 'require', reference, entry };
}

/** Counts the items that prevent the deletion of another one, in the row that its delete checks. */
function count(id: string, by: 1 | -1, { constraints }: Tables): Action {
  const { expression, names, values } = countReferrers(by);
  return {
    does: 'count',
    entry: {
      Update: {
        TableName: constraints,
        Key: { pk: referrersKey(id) },
        UpdateExpression: expression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      },
    },
  };
}

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

/**
 * Allows an item to change its kind only while no other item refers to it, since referrers may rely on the kind. Removes the
 * row that counts them, as a delete does; the next reference starts a new one.
 */
function changeKind({ item, read, now }: Write, { constraints }: Tables): Action[] {
  if (!read?.referenced || !isLive(read, now) || !read.kind || read.kind === item.kind) {
    return [];
  }
  return [
    {
      does: 'change kind',
      entry: {
        Delete: {
          TableName: constraints,
          Key: { pk: referrersKey(item.id) },
          ...conditioned(unreferenced(0)),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      },
    },
  ];
}

/** The whole write as the actions of one transaction; may be more than DynamoDB accepts. */
export const plan = (write: Write, tables: Tables): Action[] => [
  put(write, tables),
  ...claim(write, tables),
  ...release(write, tables),
  ...refer(write, tables),
  ...changeKind(write, tables),
];
