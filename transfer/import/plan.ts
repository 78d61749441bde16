import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { claimable, countReferrers, referrersKey, releasable } from '../../model/constraints.ts';
import { isPast } from '../../model/expiry.ts';
import type { Expression } from '../../model/expression.ts';
import { unchanged as unchangedRow } from '../../model/unchanged.ts';
import { claimsIn, expiresAtOf, referencesIn, type Row } from '../format/row.ts';
import type { Tables } from './tables.ts';

/** A row to write, and the row that it replaces, if any. */
export interface Write {
  id: string;
  row: Row;
  existing: Row | undefined;
  /** Referenced ids of items that do not exist yet: they are counted now and marked when everything is written. */
  absent: ReadonlySet<string>;
  /** Claims of the existing row that other items now hold. */
  lost: ReadonlySet<string>;
  /** Epoch seconds. */
  now: number;
}

/** An action of the transaction, and the meaning of its failed condition. */
export type Action = { entry: TransactWriteItem } & (
  | { does: 'put' }
  | { does: 'claim'; claim: string }
  | { does: 'release'; claim: string }
  | { does: 'mark'; target: string }
  | { does: 'count' }
);

export const isExpired = (row: Row, now: number): boolean => isPast(expiresAtOf(row), now);

/** A condition of an action; DynamoDB accepts no empty list of values. */
const conditioned = ({ expression, names, values }: Expression) => ({
  ConditionExpression: expression,
  ExpressionAttributeNames: names,
  ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values as Row }),
});

/** The condition that the row is unchanged since it was read, or still missing. @param now epoch seconds */
export const unchanged = (existing: Row | undefined, now: number) =>
  conditioned(
    unchangedRow(existing ?? null, existing && isExpired(existing, now) ? { N: String(now) } : null),
  );

/** Whether more than the row itself must be written. */
export const isConstrained = (row: Row): boolean => claimsIn(row).length + referencesIn(row).length > 0;

/** Builds the same transaction as `putValidatedItem`, with the row from the file. */
export function plan(write: Write, { items, constraints }: Tables): Action[] {
  const { row, existing, now } = write;
  const Put = { TableName: items, Item: row, ...unchanged(existing, now) };
  return [
    { does: 'put', entry: { Put } },
    ...claims(write, constraints),
    ...references(write, items, constraints),
  ];
}

function claims({ id, row, existing, lost, now }: Write, table: string): Action[] {
  const wanted = claimsIn(row);
  const before = existing && !isExpired(existing, now) ? claimsIn(existing) : [];
  const taken = wanted.map((claim): Action => ({
    does: 'claim',
    claim,
    entry: { Put: claimRow(claim, id, row, table, now) },
  }));
  const released = before
    .filter((claim) => !wanted.includes(claim) && !lost.has(claim))
    .map((claim): Action => ({
      does: 'release',
      claim,
      entry: {
        Delete: {
          TableName: table,
          Key: { pk: { S: claim } },
          ...conditioned(releasable({ S: id })),
        },
      },
    }));
  return [...taken, ...released];
}

const claimRow = (claim: string, id: string, row: Row, TableName: string, now: number) => ({
  TableName,
  Item: { pk: { S: claim }, itemId: { S: id }, ...(row['expiresAt'] && { expiresAt: row['expiresAt'] }) },
  ...conditioned(claimable({ S: id }, { N: String(now) })),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** An item's reference to itself prevents no deletion, and DynamoDB accepts one action per item and transaction. */
function references(write: Write, items: string, constraints: string): Action[] {
  const others = (row: Row): string[] => referencesIn(row).filter((target) => target !== write.id);
  const after = others(write.row);
  const before = write.existing ? others(write.existing) : [];
  const fresh = after.filter((target) => !before.includes(target));
  return [
    ...fresh.filter((target) => !write.absent.has(target)).map((target) => mark(target, items)),
    ...fresh.map((target) => count(target, 1, constraints)),
    ...before.filter((target) => !after.includes(target)).map((target) => count(target, -1, constraints)),
  ];
}

export const markUpdate = (target: string, TableName: string) => ({
  TableName,
  Key: { id: { S: target } },
  ConditionExpression: 'attribute_exists(id)',
  UpdateExpression: 'SET referenced = :true',
  ExpressionAttributeValues: { ':true': { BOOL: true } },
});

const mark = (target: string, items: string): Action => ({
  does: 'mark',
  target,
  entry: { Update: markUpdate(target, items) },
});

function count(target: string, by: 1 | -1, TableName: string): Action {
  const { expression, names, values } = countReferrers({ N: String(by) });
  return {
    does: 'count',
    entry: {
      Update: {
        TableName,
        Key: { pk: { S: referrersKey(target) } },
        UpdateExpression: expression,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values as Row,
      },
    },
  };
}
