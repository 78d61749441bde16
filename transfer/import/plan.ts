import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { referrersKey } from '../../functions/put-validated-item/references.ts';
import { claimsIn, expiresAtOf, referencesIn, type Row } from '../format/row.ts';
import type { Tables } from './tables.ts';

/** A row over what is there now, if anything. */
export interface Write {
  id: string;
  row: Row;
  existing: Row | undefined;
  /** Ids it refers to that no item has yet: they are counted now and marked when all is written. */
  absent: ReadonlySet<string>;
  /** Claims of the existing row that other items hold by now. */
  lost: ReadonlySet<string>;
  /** Epoch seconds. */
  now: number;
}

/** An action of the transaction, and what it means when its condition fails. */
export type Action = { entry: TransactWriteItem } & (
  | { does: 'put' }
  | { does: 'claim'; claim: string }
  | { does: 'release'; claim: string }
  | { does: 'mark'; target: string }
  | { does: 'count' }
);

export const isExpired = (row: Row, now: number): boolean => (expiresAtOf(row) ?? Infinity) <= now;

/**
 * The row must be what was read. `createdAt` tells it from one that was deleted and created again since, and a
 * reference to it made since must not be forgotten (docs/data-model.md).
 */
export function unchanged(existing: Row | undefined): {
  ConditionExpression: string;
  ExpressionAttributeValues?: Row;
} {
  if (!existing) {
    return { ConditionExpression: 'attribute_not_exists(id)' };
  }
  const { version, createdAt, referenced } = existing;
  const clauses = [
    version ? 'version = :version' : 'attribute_not_exists(version)',
    createdAt ? 'createdAt = :createdAt' : 'attribute_not_exists(createdAt)',
    ...(referenced ? [] : ['attribute_not_exists(referenced)']),
    'attribute_exists(id)',
  ];
  const values: Row = {
    ...(version && { ':version': version }),
    ...(createdAt && { ':createdAt': createdAt }),
  };
  return {
    ConditionExpression: clauses.join(' AND '),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

/** Whether more than the row itself has to be written. */
export const isConstrained = (row: Row): boolean => claimsIn(row).length + referencesIn(row).length > 0;

/** The same that `putValidatedItem` does in its transaction, with the row as the file has it. */
export function plan(write: Write, { items, constraints }: Tables): Action[] {
  const { row, existing } = write;
  const Put = { TableName: items, Item: row, ...unchanged(existing) };
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
          ConditionExpression: 'attribute_not_exists(pk) OR itemId = :id',
          ExpressionAttributeValues: { ':id': { S: id } },
        },
      },
    }));
  return [...taken, ...released];
}

const claimRow = (claim: string, id: string, row: Row, TableName: string, now: number) => ({
  TableName,
  Item: { pk: { S: claim }, itemId: { S: id }, ...(row['expiresAt'] && { expiresAt: row['expiresAt'] }) },
  ConditionExpression: 'attribute_not_exists(pk) OR itemId = :id OR expiresAt <= :now',
  ExpressionAttributeValues: { ':id': { S: id }, ':now': { N: String(now) } },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

/** An item that refers to itself keeps nobody, and DynamoDB takes one action per item and transaction. */
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

const count = (target: string, by: 1 | -1, TableName: string): Action => ({
  does: 'count',
  entry: {
    Update: {
      TableName,
      Key: { pk: { S: referrersKey(target) } },
      UpdateExpression: 'ADD referrers :by',
      ExpressionAttributeValues: { ':by': { N: String(by) } },
    },
  },
});
