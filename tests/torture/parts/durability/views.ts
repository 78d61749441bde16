import WebSocket from 'ws';
import {
  LOCAL_API_KEY,
  LOCAL_CREDENTIALS,
} from '../../../../packages/appsync-local/src/ground/local-credentials.ts';
import { signerFor } from '../../../../packages/appsync-local/tests/harness/sign.ts';
import {
  type Authorization,
  createLiveItems,
  type Item,
  type LiveItems,
  type WebSocketClass,
  withApiKey,
  withSignature,
} from '../../../../packages/live-items/src/index.ts';
import type { Findings } from '../../findings.ts';
import { eventually } from '../../harness/patience.ts';
import type { History, State } from './history.ts';
import { show } from './writer.ts';

/** Live views of two callers, which must stay true whatever is killed. */
export class Views {
  readonly #views: { name: string; live: LiveItems; holds: (state: State) => boolean }[];

  constructor(url: string) {
    const open = (authorization: Authorization): LiveItems =>
      createLiveItems({
        url,
        authorization,
        webSocket: WebSocket as unknown as WebSocketClass,
        backOff: { baseMs: 50, capMs: 1000 },
      });
    this.#views = [
      { name: 'IAM', live: open(withSignature(signerFor(LOCAL_CREDENTIALS))), holds: () => true },
      { name: 'API key', live: open(withApiKey(LOCAL_API_KEY)), holds: ({ owner }) => owner === null },
    ];
  }

  async ready(): Promise<void> {
    await Promise.all(this.#views.map(({ live }) => live.ready));
  }

  /** Waits until each shows what it should, and reports what does not. */
  async compareWith(history: History, findings: Findings): Promise<void> {
    for (const { name, live, holds } of this.#views) {
      const expected = new Map([...history.states].filter(([, state]) => holds(state)));
      await eventually(() => differences(live, expected).length === 0);
      for (const difference of differences(live, expected)) {
        findings.problem('lost', `the live view of ${name} is not true (${live.status})`, difference);
      }
      findings.count('items in live views compared', live.items.size);
    }
  }

  stop(): void {
    for (const { live } of this.#views) {
      live.stop();
    }
  }
}

const differences = (live: LiveItems, expected: ReadonlyMap<string, State>): string[] =>
  [...new Set([...live.items.keys(), ...expected.keys()])].flatMap((id) => {
    const [shows, shouldShow] = [show(stateOf(live.items.get(id))), show(expected.get(id) ?? null)];
    return shows === shouldShow ? [] : [`${id}\nshows       ${shows}\nshould show ${shouldShow}`];
  });

const stateOf = (item: Item | undefined): Parameters<typeof show>[0] =>
  item
    ? {
        version: item.version,
        payload: item.payload ?? 'null',
        kind: item.kind ?? null,
        owner: item.owner ?? null,
      }
    : null;
