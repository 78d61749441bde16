import type { Fetch, Item, ItemChange, WebSocketClass, WebSocketLike } from '../../src/index.ts';
import type { PutItem } from '../../src/item-inputs.ts';
import { anItem } from './item.ts';

/** What an answer may be instead of data. */
interface Refusal {
  status?: number;
  errors: object[];
}

/** An API of items in memory, as far as the client asks it: what is written is in the table, the log, and told, at once. */
export interface FakeApi {
  fetch: Fetch;
  webSocket: WebSocketClass;
  items: Map<string, Item>;
  log: ItemChange[];
  /** Index in the log from which `PT5M` reads. */
  recent: number;
  /** Index in the log of the oldest change kept. */
  oldest: number;
  /** Items that one answer of `getItems` holds. */
  holds: number;
  /** Changes that a page holds at most, whatever was asked for: it ends where its bytes are used up. */
  pageSize: number;
  /** Whether connections are accepted. */
  reachable: boolean;
  /** The network takes everything and gives nothing: what is open stays open, what is asked is not answered. */
  black: boolean;
  /** Forgets which requests it has answered. */
  forgetTokens(): void;
  /** Whether answers are lost on their way back. */
  losesAnswers: boolean;
  /** What `start` is answered instead. */
  refuses: object | null;
  /** Credentials of the `start` messages. */
  started: Record<string, string>[];
  /** Whether subscribers are told. */
  tells: boolean;
  /** Runs before a query is answered; what it returns is answered instead. */
  before: (query: string) => Refusal | undefined | void;
  /** Operation names of the queries, with what they were asked for. */
  asked: [string, Record<string, unknown>][];
  /** Writes and reports. @param item null: deletes */
  write(id: string, item: Partial<Item> | null, change?: Partial<ItemChange>): ItemChange;
  /** Says something to every connection. */
  say(message: object | ((id: string) => object)): void;
  /** Ends every connection. */
  drop(): void;
  /** Leaves every connection open and dead, as a sleeping machine or another network does. */
  numb(): void;
  connections(): number;
  /** Those that run on all connections. */
  subscriptions(): number;
  /** How many connections there were. */
  opened: number;
}

export function fakeApi(): FakeApi {
  const sockets = new Set<FakeSocket>();

  class FakeSocket implements WebSocketLike {
    onopen: WebSocketLike['onopen'] = null;
    onmessage: WebSocketLike['onmessage'] = null;
    onerror: WebSocketLike['onerror'] = null;
    onclose: WebSocketLike['onclose'] = null;
    readonly subscriptions = new Set<string>();
    isNumb = false;

    constructor() {
      queueMicrotask(() => {
        if (api.black) {
          return;
        }
        if (api.reachable) {
          sockets.add(this);
          api.opened += 1;
          return this.onopen?.({} as never);
        }
        this.onerror?.({ message: 'unreachable' } as never);
      });
    }

    send(text: string): void {
      const { type, id, payload } = JSON.parse(text) as {
        type: string;
        id: string;
        payload?: { extensions: { authorization: Record<string, string> } };
      };
      if (api.black || this.isNumb) {
        return;
      }
      if (type === 'connection_init') {
        this.say({ type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
      } else if (type === 'start') {
        api.started.push(payload!.extensions.authorization);
        if (api.refuses) {
          return this.say({ type: 'error', id, payload: { errors: [api.refuses] } });
        }
        this.subscriptions.add(id);
        this.say({ type: 'start_ack', id });
      } else if (type === 'stop') {
        this.subscriptions.delete(id);
      }
    }

    say(message: object): void {
      if (!this.isNumb && !api.black) {
        queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) } as never));
      }
    }

    close(): void {
      sockets.delete(this);
      queueMicrotask(() => this.onclose?.({ code: 1006 } as never));
    }
  }

  const answers: Record<string, (variables: never) => object | Refusal> = {
    PutItem: (variables: { input: PutItem }) => putItem(variables),
    ListItems({ limit, nextToken }: { limit: number; nextToken: string | null }) {
      const from = Number(nextToken ?? 0);
      const all = [...api.items.values()];
      const more = from + limit < all.length;
      return {
        listItems: { items: all.slice(from, from + limit), nextToken: more ? String(from + limit) : null },
      };
    },
    GetItems: ({ ids }: { ids: string[] }) =>
      ids.length > api.holds
        ? {
            errors: [
              {
                ...{ errorType: 'BadRequest', message: 'too large' },
                errorInfo: { code: 'answer_too_large', field: 'ids', fits: api.holds },
              },
            ],
          }
        : { getItems: ids.map((id) => api.items.get(id) ?? null) },
    ItemChanges({ since, limit }: { since: string | null; limit: number }) {
      const from = since === 'PT5M' ? api.recent : Number(since ?? 0);
      if (from < api.oldest) {
        return {
          errors: [
            {
              errorType: 'BadRequest',
              message: 'too old',
              errorInfo: { code: 'since_too_old', field: 'since' },
            },
          ],
        };
      }
      const changes = api.log.slice(from, from + Math.min(limit, api.pageSize));
      const next = from + changes.length;
      return { itemChanges: { changes, cursor: String(next), hasMore: next < api.log.length } };
    },
  };

  const tokens = new Map<string, object>();

  function putItem({ input }: { input: PutItem }): object {
    const { id, payload, expectedVersion, clientRequestToken: token = '' } = input;
    const known = tokens.get(token!);
    const current = api.items.get(id) ?? null;
    if (known) {
      return known;
    }
    if (expectedVersion != null && expectedVersion !== (current?.version ?? 0)) {
      return { errors: [{ errorType: 'Conflict', message: 'version differs', data: current }] };
    }
    const { item } = api.write(id, { payload: payload ?? null, updatedAt: new Date().toISOString() });
    tokens.set(token!, { putItem: item });
    return { putItem: item };
  }

  const api: FakeApi = {
    async fetch(_url, { body }) {
      const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> };
      const name = /(?:query|mutation) (\w+)/.exec(query)![1]!;
      api.asked.push([name, variables]);
      if (api.black) {
        return new Promise(() => undefined);
      }
      const answer = (api.before(name) ?? answers[name]!(variables as never)) as Partial<Refusal>;
      if (api.losesAnswers) {
        throw new TypeError('the answer was lost');
      }
      const { status = 200, errors } = answer;
      return { status, text: async () => JSON.stringify(errors ? { errors } : { data: answer }) };
    },
    webSocket: FakeSocket as unknown as WebSocketClass,
    items: new Map(),
    log: [],
    recent: 0,
    oldest: 0,
    holds: 100,
    pageSize: Infinity,
    opened: 0,
    reachable: true,
    black: false,
    refuses: null,
    losesAnswers: false,
    forgetTokens: () => tokens.clear(),
    started: [],
    tells: true,
    before: () => undefined,
    asked: [],
    write(id, members, more = {}) {
      const previous = api.items.get(id) ?? null;
      const at = '2026-01-01T00:00:00.000Z';
      const item = members && {
        ...(previous ?? anItem({ id })),
        version: (previous?.version ?? 0) + 1,
        ...members,
      };
      if (item) {
        api.items.set(id, item);
      } else {
        api.items.delete(id);
      }
      const change: ItemChange = {
        type: !item ? 'DELETED' : previous ? 'UPDATED' : 'CREATED',
        id,
        kind: (item ?? previous)!.kind, // part: validated-items
        version: (item ?? previous)!.version,
        at,
        owner: '',
        order: String(api.log.length + 1).padStart(40, '0'),
        payloadOmitted: false,
        item,
        previous,
        ...more,
      };
      api.log.push(change);
      if (api.tells) {
        api.say((subscription) => ({
          type: 'data',
          id: subscription,
          payload: { data: { onItemChange: change } },
        }));
      }
      return change;
    },
    say(message) {
      sockets.forEach((socket) =>
        typeof message === 'function'
          ? socket.subscriptions.forEach((id) => socket.say(message(id)))
          : socket.say(message),
      );
    },
    drop: () => sockets.forEach((socket) => socket.close()),
    numb: () => sockets.forEach((socket) => (socket.isNumb = true)),
    connections: () => sockets.size,
    subscriptions: () => [...sockets].reduce((sum, { subscriptions }) => sum + subscriptions.size, 0),
  };
  return api;
}
