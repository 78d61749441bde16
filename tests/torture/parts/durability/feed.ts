import type { Findings } from '../../findings.ts';
import type { Caller } from '../../harness/callers.ts';
import type { Client } from '../../harness/client.ts';
import { eventually } from '../../harness/patience.ts';
import { canonical, type ExpectedChange, type History } from './history.ts';

interface Change {
  type: string;
  id: string;
  version: number;
  order: string;
  item: { payload: string } | null;
  previous: { payload: string } | null;
}

interface Page {
  changes: Change[];
  cursor: string;
  hasMore: boolean;
}

const QUERY = `query ($since: String) {
  itemChanges(since: $since, limit: 100) {
    changes { type id version order item { payload } previous { payload } }
    cursor
    hasMore
  }
}`;

/** What the log has told of an item. */
interface Told {
  /** Of all changes ever, to tell repeats. */
  orders: Set<string>;
  last: string;
  /** Those that were not compared yet, in the order in which they were told. */
  news: Change[];
}

/** Reads the log of changes on and on, as somebody who keeps the cursor, and compares it with what was written. */
export class Feed {
  readonly #client: Client;
  readonly #caller: Caller;
  readonly #findings: Findings;
  readonly #told = new Map<string, Told>();
  #cursor: string | null = null;

  constructor(client: Client, caller: Caller, findings: Findings) {
    this.#client = client;
    this.#caller = caller;
    this.#findings = findings;
  }

  /**
   * Waits until the log has as many new changes as there were, and compares each.
   *
   * @returns id and order of those that are new since the last time
   */
  async compareWith(history: History): Promise<string[]> {
    const { count } = history;
    await eventually(async () => {
      await this.#readOn();
      return this.#countNews() >= count;
    });
    const happened = history.takeChanges();
    for (const id of new Set([...happened.keys(), ...this.#told.keys()])) {
      this.#compare(id, this.#told.get(id)?.news ?? [], happened.get(id) ?? []);
    }
    const keys = [...this.#told.values()].flatMap((told) => told.news.splice(0).map(keyOf));
    this.#findings.count('changes in the log', keys.length);
    return keys;
  }

  #countNews(): number {
    return [...this.#told.values()].reduce((sum, { news }) => sum + news.length, 0);
  }

  async #readOn(): Promise<void> {
    for (;;) {
      const page = await this.#page();
      page.changes.forEach((change) => this.#keep(change));
      this.#cursor = page.cursor;
      if (!page.hasMore) {
        return;
      }
    }
  }

  async #page(): Promise<Page> {
    const answer = await this.#client.ask(this.#caller, QUERY, { since: this.#cursor });
    if (!answer.data) {
      throw new Error(`itemChanges: ${answer.text}`);
    }
    return answer.data['itemChanges'] as Page;
  }

  #keep(change: Change): void {
    const { id, order } = change;
    const told = this.#told.get(id) ?? { orders: new Set(), last: '', news: [] };
    this.#told.set(id, told);
    if (told.orders.has(order)) {
      return this.#findings.count('changes told again');
    }
    if (order < told.last) {
      this.#findings.problem(
        'lost',
        'itemChanges tells changes of an item out of order',
        JSON.stringify(change),
      );
    }
    told.orders.add(order);
    told.last = order;
    told.news.push(change);
  }

  #compare(id: string, news: readonly Change[], expected: readonly ExpectedChange[]): void {
    const told = news.map(({ type, version, item, previous }) =>
      line(type, version, (item ?? previous)?.payload ?? 'null'),
    );
    const happened = expected.map(({ type, version, payload }) => line(type, version, payload));
    if (told.join('\n') === happened.join('\n')) {
      return;
    }
    const [tellsHere, happenedHere] = fromDifference(told, happened);
    this.#findings.problem(
      happened.every((one) => told.includes(one)) ? 'wrong' : 'lost',
      'itemChanges does not tell what happened to an item',
      `${id}\ntells    ${tellsHere.join('\n         ')}\nhappened ${happenedHere.join('\n         ')}`,
    );
  }
}

export const keyOf = ({ id, order }: { id: string; order: string }): string => `${id} ${order}`;

const line = (type: string, version: number, payload: string): string =>
  `${type} ${version} ${canonical(JSON.parse(payload))}`;

/** Both from the last line on that they share. */
function fromDifference(one: string[], other: string[]): [string[], string[]] {
  const first = one.findIndex((text, index) => text !== other[index]);
  const from = Math.max(0, (first < 0 ? one.length : first) - 1);
  return [one.slice(from, from + 5), other.slice(from, from + 5)];
}
