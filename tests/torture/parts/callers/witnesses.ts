import type { Findings } from '../../findings.ts';
import { selectionOf, apiSchema } from '../../harness/api-schema.ts';
import type { Caller } from '../../harness/callers.ts';
import type { Client } from '../../harness/client.ts';
import type { Judge } from '../../harness/judge.ts';
import { Listener } from '../../harness/listener.ts';
import { eventually } from '../../harness/patience.ts';
import type { Coverage } from './coverage.ts';
import { mayList, type Treasure } from './treasure.ts';

interface Subscription {
  field: string;
  query: string;
  variables: object;
}

/** Every subscription there is, by every caller: what they are told goes to the judge. */
export class Witnesses {
  readonly #listeners: readonly Listener[];
  readonly #heard: ReadonlyMap<Caller, string[]>;

  static async open(
    client: Client,
    judge: Judge,
    findings: Findings,
    coverage: Coverage,
  ): Promise<Witnesses> {
    const heard = new Map<Caller, string[]>();
    const listeners: Listener[] = [];
    for (const caller of client.callers) {
      const texts: string[] = [];
      heard.set(caller, texts);
      const listener = await Listener.open(client.target, caller, ({ type }, text) => {
        judge.look(text, caller.name);
        if (type !== 'data') {
          return;
        }
        findings.count('frames of subscriptions');
        texts.push(text);
      });
      listeners.push(listener);
      for (const [index, { field, query, variables }] of subscriptions().entries()) {
        const answer = await listener.start(String(index), query, variables);
        coverage.tried(caller.name, field);
        findings.count(
          answer.type === 'start_ack' ? 'subscriptions taken' : 'subscriptions refused to their caller',
        );
      }
    }
    return new Witnesses(listeners, heard);
  }

  private constructor(listeners: readonly Listener[], heard: ReadonlyMap<Caller, string[]>) {
    this.#listeners = listeners;
    this.#heard = heard;
  }

  /** Waits until everybody was told of what it may list: what it may not has had the same time to come. */
  async compareWith(treasures: readonly Treasure[], findings: Findings): Promise<void> {
    for (const [caller, texts] of this.#heard) {
      const unheard = (): Treasure[] =>
        treasures.filter(
          ({ holder, mark }) => mayList(caller.name, holder) && !texts.some((text) => text.includes(mark)),
        );
      await eventually(() => unheard().length === 0);
      for (const { holder, mark } of unheard()) {
        findings.problem(
          'lost',
          `${caller.name} was not told of what it may list, an item of ${holder}`,
          mark,
        );
      }
      texts.length = 0;
    }
  }

  close(): void {
    for (const listener of this.#listeners) {
      listener.close();
    }
  }
}

/** Each with the owner selected and without: of the mutation's answer AppSync compares what the mutation selected. */
function subscriptions(): Subscription[] {
  const fields = Object.values(apiSchema.getSubscriptionType()!.getFields());
  return fields.flatMap(({ name, type }) => {
    const all = selectionOf(type);
    const bare = all.replaceAll(/\bowner\b/g, '');
    const filters =
      name === 'onItemChange'
        ? ['', '(filter: { type: { ne: EXPIRED } })', '(filter: { kind: { eq: "product" } })']
        : ['', '(kind: "product")'];
    return [all, bare].flatMap((selection) =>
      filters.map((filter) => ({
        field: name,
        query: `subscription { ${name}${filter} ${selection} }`,
        variables: {},
      })),
    );
  });
}
