import { setTimeout as sleep } from 'node:timers/promises';
import type { Findings } from '../findings.ts';
import type { Client } from './client.ts';
import { Listener } from './listener.ts';
import { eventually } from './patience.ts';

/** Of the well-behaved client, between its requests. */
const PAUSE_MS = 30;

const ID = 'bystander';
const PUT = `mutation ($input: PutItemInput!) { putItem(input: $input) { id version payload } }`;
const GET = `query ($id: ID!) { getItem(id: $id) { id version payload } }`;
const FOLLOW = `subscription { onItemChange(filter: { id: { eq: "${ID}" } }) { id version } }`;

type Seen = { version: number; payload: string } | null | undefined;

/** A good client that goes on while others misbehave: it writes an item, reads it back and hears of each of its writes, in order. */
export class Bystander {
  readonly #client: Client;
  readonly #findings: Findings;
  readonly #listener: Listener;
  readonly #writing: Promise<void>;
  #written = 0;
  #heard = 0;
  #stopping = false;
  #longestMs = 0;

  /** Subscribed by the time it resolves. */
  static async start(client: Client, findings: Findings): Promise<Bystander> {
    let bystander: Bystander | undefined;
    const listener = await Listener.open(client.target, client.caller('key'), ({ type, payload }) => {
      const change = type === 'data' && (payload?.data?.['onItemChange'] as { version: number });
      if (bystander && change) {
        bystander.#hear(change.version);
      }
    });
    await listener.subscribe('1', FOLLOW);
    return (bystander = new Bystander(client, findings, listener));
  }

  private constructor(client: Client, findings: Findings, listener: Listener) {
    this.#client = client;
    this.#findings = findings;
    this.#listener = listener;
    this.#writing = this.#write();
  }

  /** Waits until it has heard of everything it wrote, and counts what it was served. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#writing;
    await eventually(() => this.#heard >= this.#written || !this.#listener.isOpen);
    if (this.#heard < this.#written) {
      this.#findings.problem(
        'lost',
        'a bystander was not told of its own write',
        `version ${this.#written}, it heard of ${this.#heard}; its connection is ${this.#listener.isOpen ? 'open' : 'closed'}`,
      );
    }
    this.#listener.close();
    this.#findings.count('requests of a bystander', this.#written * 2);
    this.#findings.count('ms its longest wait', this.#longestMs);
  }

  async #write(): Promise<void> {
    try {
      while (!this.#stopping || this.#written === 0) {
        await this.#writeOnce(this.#written + 1);
        await sleep(PAUSE_MS);
      }
    } catch (error) {
      this.#findings.problem('wrong', 'a bystander is not served any more', String(error));
    }
  }

  async #writeOnce(version: number): Promise<void> {
    const payload = JSON.stringify({ version });
    const begun = performance.now();
    const put = await this.#ask('putItem', PUT, { input: { id: ID, payload } });
    this.#written = version;
    const got = await this.#ask('getItem', GET, { id: ID });
    this.#longestMs = Math.max(this.#longestMs, Math.round(performance.now() - begun));
    for (const item of [put, got]) {
      if (item?.version !== version || item.payload !== payload) {
        throw new Error(`it got ${JSON.stringify(item)}, not version ${version} with ${payload}`);
      }
    }
  }

  async #ask(field: string, query: string, variables: object): Promise<Seen> {
    const answer = await this.#client.ask(this.#client.caller('key'), query, variables);
    if (!answer.data) {
      throw new Error(`${field}: status ${answer.status} ${answer.text}`);
    }
    return answer.data[field] as Seen;
  }

  /** A change may be told twice; what is new must come in order. */
  #hear(version: number): void {
    if (version > this.#heard + 1) {
      this.#findings.problem('lost', `a bystander heard of version ${version} after ${this.#heard}`);
    }
    this.#heard = Math.max(this.#heard, version);
  }
}
