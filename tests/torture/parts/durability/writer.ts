import type { ErrorEntry } from '../../../../packages/appsync-local/tests/harness/target.ts';
import type { Findings } from '../../findings.ts';
import type { Caller } from '../../harness/callers.ts';
import type { Client } from '../../harness/client.ts';
import type { Answer } from '../../harness/judge.ts';
import { eventually } from '../../harness/patience.ts';
import { canonical, type History, type State } from './history.ts';
import type { NextOperation, Operation } from './operations.ts';

/** What a server says while its own parts are being killed: whether the write was done is not known then. */
const UNKNOWN = ['InternalError', 'Throttled', 'ExecutionTimeout', 'InternalFailure'];

export interface WriterOptions {
  client: Client;
  caller: Caller;
  next: NextOperation;
  history: History;
  findings: Findings;
  /** Whether something is being killed, so that a write may fail. */
  isDisturbed(): boolean;
  /** Told of each acknowledged write. */
  onAcknowledged(): void;
}

/** Writes one item after another, and knows what each must become. */
export class Writer {
  readonly #options: WriterOptions;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Writes until it is told to stop; nothing is left open then. */
  async writeUntil(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await this.#write(this.#options.next());
    }
  }

  async #write(operation: Operation): Promise<void> {
    const answer = await this.#send(operation);
    if (answer === null) {
      return this.#resolve(operation);
    }
    const { findings, history, onAcknowledged } = this.#options;
    const fault = faultOf(operation, answer);
    if (fault !== null) {
      findings.problem('wrong', fault, detailOf(operation, answer));
    }
    if (answer.errors.length > 0) {
      return;
    }
    history.apply(operation.effect);
    findings.count('acknowledged writes');
    onAcknowledged();
  }

  /** @returns null when nobody can say whether it was done */
  async #send({ query, variables }: Operation): Promise<Answer | null> {
    const { client, caller, isDisturbed } = this.#options;
    const begunDisturbed = isDisturbed();
    const isExcused = (): boolean => begunDisturbed || isDisturbed();
    try {
      const answer = await client.exchange(caller, JSON.stringify({ query, variables }));
      const isUnknown = answer.status >= 500 || answer.errors.some(({ errorType }) => isOneOf(errorType));
      return isUnknown && isExcused() ? null : answer;
    } catch (error) {
      if (isExcused()) {
        return null;
      }
      throw error;
    }
  }

  /** Finds out what became of a write whose answer never came. */
  async #resolve(operation: Operation): Promise<void> {
    const { findings, history } = this.#options;
    findings.count('writes cut off');
    if (operation.isRepeatable) {
      // The same again: it must be done once, now or before.
      return this.#repeat(operation);
    }
    const now = await this.#read([...operation.effect.keys()]);
    const before = [...operation.effect.keys()].map((id) => show(history.stateOf(id)));
    const after = [...operation.effect.values()].map(show);
    const seen = now.map(show);
    if (isSame(seen, after)) {
      history.apply(operation.effect);
    } else if (!isSame(seen, before)) {
      findings.problem(
        'lost',
        'a write that was cut off was done in part, or twice',
        `${operation.query}\n${JSON.stringify(operation.variables)}\nbefore ${before.join()}\nafter  ${after.join()}\nnow    ${seen.join()}`,
      );
    }
  }

  async #repeat(operation: Operation): Promise<void> {
    let answer: Answer | null = null;
    if (!(await eventually(async () => (answer = await this.#send(operation)) !== null))) {
      throw new Error(`the server does not come back: ${operation.query}`);
    }
    const { findings, history } = this.#options;
    const isDelete = operation.query.includes('deleteItem');
    // A delete that was done before answers null.
    const fault = isDelete && answer!.errors.length === 0 ? null : faultOf(operation, answer!);
    if (fault !== null) {
      findings.problem('wrong', `a write that is sent again: ${fault}`, detailOf(operation, answer!));
    }
    if (answer!.errors.length === 0) {
      history.apply(operation.effect);
    }
  }

  async #read(ids: string[]): Promise<(Item | null)[]> {
    let items: (Item | null)[] = [];
    const query = `query ($ids: [ID!]!) { getItems(ids: $ids) { id version payload kind owner } }`;
    const { client, caller } = this.#options;
    const isBack = await eventually(async () => {
      const answer = await client
        .exchange(caller, JSON.stringify({ query, variables: { ids } }))
        .catch(() => null);
      items = (answer?.data?.['getItems'] ?? []) as (Item | null)[];
      return items.length === ids.length;
    });
    if (!isBack) {
      throw new Error('the server does not come back');
    }
    return items;
  }
}

export interface Item {
  id: string;
  version: number;
  payload: string;
  kind: string | null;
  owner: string | null;
}

const isOneOf = (errorType: string | null | undefined): boolean =>
  typeof errorType === 'string' && (UNKNOWN.includes(errorType) || errorType.startsWith('Lambda:'));

/** What an item is, in a form to compare. */
export const show = (item: Pick<State, 'version' | 'payload' | 'kind' | 'owner'> | null): string =>
  item
    ? `${item.version} ${canonical(JSON.parse(item.payload))} ${item.kind ?? '-'} ${item.owner ?? '-'}`
    : 'none';

const isSame = (one: readonly string[], other: readonly string[]): boolean => one.join() === other.join();

const detailOf = ({ query, variables, effect, refusal }: Operation, { text }: Answer): string =>
  [
    query,
    JSON.stringify(variables),
    `should be ${refusal ?? JSON.stringify([...effect])}`,
    `is ${text}`,
  ].join('\n');

/** Null when an answer is what it has to be. */
function faultOf({ effect, refusal }: Operation, { data, errors }: Answer): string | null {
  if (errors.length > 0) {
    const types = errors.map(({ errorType, message }: ErrorEntry) => errorType ?? message).join();
    return types === refusal ? null : `${types} instead of ${refusal ?? 'success'}`;
  }
  if (refusal !== null) {
    return `success instead of ${refusal}`;
  }
  const answered = itemsOf(data);
  const states = [...effect.values()];
  if (states.includes(null)) {
    return null;
  }
  return isSame(answered.map(show), states.map(show)) ? null : 'an answer that is not what was written';
}

function itemsOf(data: Answer['data']): (Item | null)[] {
  const value = Object.values(data ?? {})[0] as Item | { items: Item[] } | null;
  return value && 'items' in value ? value.items : [value];
}
