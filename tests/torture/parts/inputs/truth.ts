import type { Findings } from '../../findings.ts';
import type { Client } from '../../harness/client.ts';
import { type Answer, shortened } from '../../harness/judge.ts';
import { eventually } from '../../harness/patience.ts';
import { canonical } from '../durability/history.ts';
import type { FieldRequest } from './request.ts';

interface Item {
  id: string;
  version: number;
  payload: string;
  expiresAt: number | null;
}

interface WriteInput {
  id?: unknown;
  payload?: unknown;
}

const WRITES = ['putItem', 'putItems', 'updateItem', 'putValidatedItem'];
const READ = `query ($id: ID!) { getItem(id: $id) { id version payload expiresAt } }`;
const FEED = `query ($since: String) {
  itemChanges(since: $since, limit: 100) { changes { id version } cursor hasMore }
}`;

/** Holds a server to what it has acknowledged: it reads as it was written, and the feed tells of it. */
export class Truth {
  readonly #client: Client;
  readonly #findings: Findings;
  readonly #acknowledged = new Map<string, string>();

  constructor(client: Client, findings: Findings) {
    this.#client = client;
    this.#findings = findings;
  }

  /** Reads back what an answer says was written. */
  async check(request: FieldRequest, { data, errors }: Answer): Promise<void> {
    if (!WRITES.includes(request.field) || errors.length > 0) {
      return;
    }
    for (const item of itemsOf(data?.[request.field])) {
      this.#findings.count('acknowledged writes');
      this.#acknowledged.set(keyOf(item), JSON.stringify(request.args));
      const given = inputOf(request, item.id);
      if (request.field !== 'updateItem' && given !== undefined && !isSameJson(given, item.payload)) {
        this.#report('wrong', 'a write answers another payload than it was given', request, item);
      }
      await this.#readBack(request, item);
    }
  }

  /** Waits until the feed has told of every acknowledged write. */
  async checkFeed(): Promise<void> {
    const untold = new Map(this.#acknowledged);
    let since: string | null = null;
    await eventually(async () => {
      for (;;) {
        const { data }: Answer = await this.#client.ask(this.#client.caller('iam'), FEED, { since });
        const page = data!['itemChanges'] as { changes: Item[]; cursor: string; hasMore: boolean };
        for (const change of page.changes) {
          untold.delete(keyOf(change));
        }
        since = page.cursor;
        if (!page.hasMore) {
          return untold.size === 0;
        }
      }
    });
    for (const [key, args] of untold) {
      this.#findings.problem(
        'lost',
        'itemChanges never tells of an acknowledged write',
        `${shortened(key)}\n${shortened(args)}`,
      );
    }
  }

  async #readBack(request: FieldRequest, item: Item): Promise<void> {
    const { data } = await this.#client.ask(this.#client.caller('iam'), READ, { id: item.id });
    const read = data?.['getItem'] as Item | null | undefined;
    const hasExpired = item.expiresAt !== null && item.expiresAt * 1000 <= Date.now();
    if (hasExpired && read === null) {
      return;
    }
    if (read?.version !== item.version || !isSameJson(read.payload, item.payload)) {
      this.#report('lost', 'an acknowledged write does not read as it was answered', request, { item, read });
    }
  }

  #report(harm: 'lost' | 'wrong', what: string, { query, args }: FieldRequest, seen: unknown): void {
    this.#findings.problem(
      harm,
      what,
      `${shortened(query)}\n${shortened(JSON.stringify(args))}\n${shortened(JSON.stringify(seen))}`,
    );
  }
}

const keyOf = ({ id, version }: Item): string => `${version} ${id}`;

function itemsOf(value: unknown): Item[] {
  const answer = value as Item | { items: Item[] } | null | undefined;
  if (!answer) {
    return [];
  }
  return 'items' in answer ? answer.items : [answer];
}

/** The payload that was given for an item; undefined where none was, or nobody can say which. */
function inputOf({ args }: FieldRequest, id: string): string | undefined {
  const input = args['input'] as WriteInput & { items?: WriteInput[] };
  const inputs = (input.items ?? [input]).filter((one) => String(one.id) === id);
  const payload = inputs.length === 1 ? inputs[0]!.payload : undefined;
  return typeof payload === 'string' ? payload : undefined;
}

const isSameJson = (one: string, other: string): boolean =>
  canonical(JSON.parse(one)) === canonical(JSON.parse(other));
