import { ProofFailure } from '../proof-failure.ts';
import { eventually, expect } from './expect.ts';
import { StageCalls } from './stage-calls.ts';
import type { Step } from './step.ts';

const CALLER = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
const ITEM = { id: 'pen-1' };
/** A product that keeps all rules. */
export const RIGHT = {
  name: 'Pen',
  sku: 'PEN-1',
  gtin: '4006381333931',
  price: { amountMinor: 199, currency: 'EUR' },
};
const WRONG = { ...RIGHT, gtin: '4006381333930' };

/** A deployed stage, as its resources are called now. */
export interface Stage {
  calls: StageCalls;
  /** The physical name of a resource. @param start of its logical id @throws ProofFailure where the stack has none */
  named(start: string): string;
  /** Its logical id. */
  idOf(start: string): string;
  /** Writes a product through the validating Lambda function, whose event is the resolver's, because MiniStack does not run APPSYNC_JS. */
  put(input: { id: string }, payload: unknown): Promise<unknown>;
}

export async function openStage(url: string, stackName: string): Promise<Stage> {
  const calls = new StageCalls(url);
  const resources = await calls.resources(stackName);
  const resource = (start: string): [id: string, name: string] => {
    const found = [...resources].find(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
    if (!found) {
      throw new ProofFailure(`the stack has no ${start}`);
    }
    return found;
  };
  const named = (start: string): string => resource(start)[1];
  return {
    calls,
    named,
    idOf: (start) => resource(start)[0],
    put: (input, payload) =>
      calls.invoke(named('PutValidatedItemFunction'), {
        operation: 'putValidatedItem',
        input: { kind: 'product', ...input, payload },
        caller: CALLER,
      }),
  };
}

/** Writes one item, has one refused, and follows the write into the log of changes. */
export async function rehearseStage(url: string, stackName: string, step: Step): Promise<void> {
  const { calls, named, put } = await openStage(url, stackName);

  await step('a validated item is written', async () => {
    expect(await put(ITEM, RIGHT), '"version":1');
    expect(await calls.items(named('DataItems')), '"pen-1"');
    expect(await calls.items(named('DataConstraints')), 'PEN-1');
  });
  await step('one that breaks a rule is refused', async () => {
    expect(await put(ITEM, WRONG), '"ValidationFailed"');
  });
  await step("both are in the function's log", async () => {
    const log = await calls.log(named('PutValidatedItemLogs'));
    expect(log, 'written');
    expect(log, 'ValidationFailed');
  });
  // part: change-feed
  await step('the change is in the log of changes', () =>
    eventually(async () => expect(await loggedIds({ calls, named }), '"pen-1"')),
  );
  // end: change-feed
}

// part: change-feed
/** The ids of the items whose changes are in the log, sorted, one for each change (docs/data-model.md). */
export async function loggedIds({
  calls,
  named,
}: Pick<Stage, 'named'> & { calls: Pick<StageCalls, 'items'> }): Promise<string[]> {
  const rows = await calls.items(named('DataChanges'));
  const lines = rows.flatMap(({ changes }) => changes?.S?.split('\n') ?? []);
  return lines.map((line) => (JSON.parse(line.slice(line.indexOf('{'))) as { id: string }).id).sort();
}
// end: change-feed
