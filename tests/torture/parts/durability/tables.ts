import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { LOCAL_CREDENTIALS } from '../../../../packages/appsync-local/src/ground/local-credentials.ts';
import type { Findings } from '../../findings.ts';
import type { History } from './history.ts';
import { show } from './writer.ts';

/** A row of the items table (docs/data-model.md). */
interface ItemRow {
  id: string;
  payload: unknown;
  version: number;
  kind?: string;
  owner?: string;
  claims?: string[];
  references?: string[];
  referenced?: boolean;
}

/** A row of the constraints table: a claim, a count of referrers, or a request token. */
interface ConstraintRow {
  pk: string;
  itemId?: string;
  referrers?: number;
}

/** Compares what stands in the tables with what was written: items, unique values, references and their counts. */
export async function compareTables(
  dynamoDbUrl: string,
  history: History,
  findings: Findings,
): Promise<void> {
  const [items, constraints] = await readTables(dynamoDbUrl);
  const report = (what: string, detail: unknown): void =>
    findings.problem('lost', what, typeof detail === 'string' ? detail : JSON.stringify(detail));
  compareItems(items, history, report);
  compareClaims(items, constraints, report);
  compareReferences(items, constraints, report);
  findings.count('rows of tables compared', items.length + constraints.length);
}

type Report = (what: string, detail: unknown) => void;

async function readTables(endpoint: string): Promise<[ItemRow[], ConstraintRow[]]> {
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials: LOCAL_CREDENTIALS });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const scan = async (word: string): Promise<unknown[]> => {
      const TableName = TableNames.find((name) => name.includes(word));
      const rows: unknown[] = [];
      const pages = paginateScan(
        { client: DynamoDBDocumentClient.from(client) },
        { TableName, ConsistentRead: true },
      );
      for await (const { Items = [] } of pages) {
        rows.push(...Items);
      }
      return rows;
    };
    return [(await scan('Items')) as ItemRow[], (await scan('Constraints')) as ConstraintRow[]];
  } finally {
    client.destroy();
  }
}

function compareItems(items: readonly ItemRow[], history: History, report: Report): void {
  const rows = new Map(items.map((row) => [row.id, row]));
  for (const id of new Set([...rows.keys(), ...history.states.keys()])) {
    const row = rows.get(id);
    const is = show(
      row
        ? {
            version: row.version,
            payload: JSON.stringify(row.payload),
            kind: row.kind ?? null,
            owner: row.owner ?? null,
          }
        : null,
    );
    const shouldBe = show(history.stateOf(id));
    if (is !== shouldBe) {
      report('an item is not as it was acknowledged', `${id}\nis        ${is}\nshould be ${shouldBe}`);
    }
  }
}

/** Every value that an item claims is its own, and nothing else is taken. */
function compareClaims(
  items: readonly ItemRow[],
  constraints: readonly ConstraintRow[],
  report: Report,
): void {
  const holders = new Map(items.flatMap(({ id, claims = [] }) => claims.map((pk) => [pk, id] as const)));
  const taken = new Map(
    constraints.filter(({ pk }) => pk.startsWith('unique#')).map(({ pk, itemId }) => [pk, itemId]),
  );
  for (const [pk, id] of holders) {
    if (taken.get(pk) !== id) {
      report('a unique value of an item is not taken', { pk, id, taken: taken.get(pk) });
    }
  }
  for (const [pk, itemId] of taken) {
    if (!holders.has(pk)) {
      report('a unique value is taken by an item that does not have it', { pk, itemId });
    }
  }
}

/** As many referrers are counted as there are, and what is referred to is there and says so. */
function compareReferences(
  items: readonly ItemRow[],
  constraints: readonly ConstraintRow[],
  report: Report,
): void {
  const rows = new Map(items.map((row) => [row.id, row]));
  const counts = new Map<string, number>();
  for (const { id, references = [] } of items) {
    for (const target of references) {
      counts.set(target, (counts.get(target) ?? 0) + 1);
      if (!rows.get(target)?.referenced) {
        report('an item that is referred to is gone, or not marked', { id, target });
      }
    }
  }
  const prefix = 'referrers#';
  const kept = new Map(
    constraints
      .filter(({ pk }) => pk.startsWith(prefix))
      .map(({ pk, referrers = 0 }) => [pk.slice(prefix.length), referrers]),
  );
  for (const id of new Set([...counts.keys(), ...kept.keys()])) {
    const [is, shouldBe] = [kept.get(id) ?? 0, counts.get(id) ?? 0];
    if (is !== shouldBe) {
      report('referrers are counted wrongly', { id, is, shouldBe });
    }
  }
}
