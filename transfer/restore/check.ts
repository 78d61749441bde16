import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { isClaimKey, referrersKey } from '../../model/constraints.ts';
import type { Row } from '../format/row.ts';
import { isExpired } from '../import/plan.ts';
import type { Pace } from '../pace.ts';
import type { Progress } from '../progress.ts';
import { Expected } from './expected.ts';
import type { Problem } from './problem.ts';

/** The two tables that must agree. */
export interface CheckedTables {
  client: DynamoDBClient;
  items: string;
  constraints: string;
  pace: Pace;
}

export interface Found {
  items: number;
  claims: number;
  references: number;
  /** References to items that are not there, which an expiry leaves, and an import. They prevent nothing. */
  leadingNowhere: number;
  problems: Problem[];
}

const SEGMENTS = 4;

/**
 * Compares claims, counts and marks with the items. Leaves out what has expired, which DynamoDB deletes when it comes to it, row
 * by row; and request tokens, which say nothing of items.
 *
 * @param now epoch seconds
 */
export async function checkTables(
  tables: CheckedTables,
  now: number,
  progress: Progress,
  stop: AbortSignal,
): Promise<Found> {
  const expected = new Expected();
  await eachLiveRow(tables, tables.items, now, progress, stop, (row) => expected.add(row));
  const stored = new Map<string, Row>();
  await eachLiveRow(tables, tables.constraints, now, progress, stop, (row) => {
    stored.set(row['pk']!.S!, row);
  });
  progress.clear();
  return {
    items: expected.items,
    claims: expected.claims.size,
    references: expected.references,
    leadingNowhere: expected.leadingNowhere,
    problems: [
      ...expected.problems,
      ...wrongClaims(expected, stored),
      ...claimsOfNobody(expected, stored),
      ...wrongCounts(expected, stored),
      ...expected.unmarked.map((id): Problem => ({ type: 'unmarked', id })),
    ],
  };
}

function wrongClaims({ claims }: Expected, stored: ReadonlyMap<string, Row>): Problem[] {
  return [...claims].flatMap(([pk, holder]): Problem[] => {
    const row = stored.get(pk);
    const other = row?.['itemId']?.S;
    if (!row || other === undefined) {
      return [{ type: 'claim-missing', pk, ...holder }];
    }
    return other === holder.id ? [] : [{ type: 'claim-of-another', pk, ...holder, holder: other }];
  });
}

const claimsOfNobody = ({ claims }: Expected, stored: ReadonlyMap<string, Row>): Problem[] =>
  [...stored].flatMap(([pk, row]) =>
    isClaimKey(pk) && !claims.has(pk)
      ? [{ type: 'claim-of-nobody', pk, holder: row['itemId']?.S ?? '' }]
      : [],
  );

/** A count of 0 is as good as no row. */
function wrongCounts({ referrers }: Expected, stored: ReadonlyMap<string, Row>): Problem[] {
  const counted = [...stored.keys()].filter((pk) => pk.startsWith(referrersKey('')));
  const expected = new Map([...referrers].map(([id, count]) => [referrersKey(id), count]));
  return [...new Set([...expected.keys(), ...counted])].flatMap((pk): Problem[] => {
    const count = Number(stored.get(pk)?.['referrers']?.N ?? 0);
    const wanted = expected.get(pk) ?? 0;
    return count === wanted ? [] : [{ type: 'count', pk, stored: count, referrers: wanted }];
  });
}

async function eachLiveRow(
  { client, pace }: CheckedTables,
  TableName: string,
  now: number,
  progress: Progress,
  stop: AbortSignal,
  take: (row: Row) => void,
): Promise<void> {
  let seen = 0;
  const scanSegment = async (Segment: number): Promise<void> => {
    let ExclusiveStartKey: Row | undefined;
    do {
      const command = new ScanCommand({
        TableName,
        Segment,
        TotalSegments: SEGMENTS,
        ExclusiveStartKey,
        ConsistentRead: true,
        ...WITHOUT_PAYLOADS,
      });
      const { Items = [], LastEvaluatedKey } = await pace.call(() => client.send(command));
      Items.filter((row) => !isExpired(row, now)).forEach(take);
      seen += Items.length;
      ExclusiveStartKey = LastEvaluatedKey;
      progress.update(`checking ${TableName}`, undefined, seen);
    } while (ExclusiveStartKey && !stop.aborted);
  };
  await Promise.all(Array.from({ length: SEGMENTS }, (_, segment) => scanSegment(segment)));
}

/** They are read, and paid for, but not sent. */
const READ = ['id', 'pk', 'itemId', 'referrers', 'expiresAt', 'claims', 'references', 'referenced'];
const WITHOUT_PAYLOADS = {
  ProjectionExpression: READ.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(READ.map((name) => [`#${name}`, name])),
};
