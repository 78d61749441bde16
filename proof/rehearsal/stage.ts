import { setTimeout as sleep } from 'node:timers/promises';
import { ProofFailure } from '../proof-failure.ts';
import { StageCalls } from './stage-calls.ts';

type Step = <T>(name: string, run: () => Promise<T>) => Promise<T>;

// part: change-feed
const ATTEMPTS = 60;
const ATTEMPT_MS = 500;
// end: change-feed

const CALLER = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
const ITEM = { id: 'pen-1', kind: 'product' };
const RIGHT = {
  name: 'Pen',
  sku: 'PEN-1',
  gtin: '4006381333931',
  price: { amountMinor: 199, currency: 'EUR' },
};
const WRONG = { ...RIGHT, gtin: '4006381333930' };

/**
 * Writes one item through the validating Lambda function, has one refused, and follows the write into the log of changes. Its
 * events are those of the resolver, because MiniStack does not run APPSYNC_JS.
 */
export async function rehearseStage(url: string, stackName: string, step: Step): Promise<void> {
  const calls = new StageCalls(url);
  const resources = await calls.resources(stackName);
  const named = (start: string): string => {
    const found = [...resources].find(([id]) => new RegExp(`^${start}[0-9A-F]{8}$`).test(id));
    if (!found) {
      throw new ProofFailure(`the stack has no ${start}`);
    }
    return found[1];
  };
  const put = (payload: unknown): Promise<unknown> =>
    calls.invoke(named('PutValidatedItemFunction'), {
      operation: 'putValidatedItem',
      input: { ...ITEM, payload },
      caller: CALLER,
    });

  await step('a validated item is written', async () => {
    expect(await put(RIGHT), '"version":1');
    expect(await calls.items(named('DataItems')), '"pen-1"');
    expect(await calls.items(named('DataConstraints')), 'PEN-1');
  });
  await step('one that breaks a rule is refused', async () => {
    expect(await put(WRONG), '"ValidationFailed"');
  });
  await step("both are in the function's log", async () => {
    const log = await calls.log(named('PutValidatedItemLogs'));
    expect(log, 'written');
    expect(log, 'ValidationFailed');
  });
  // part: change-feed
  await step('the change is in the log of changes', () =>
    eventually(async () => expect(await calls.items(named('DataChanges')), '"pen-1"')),
  );
  // end: change-feed
}

function expect(value: unknown, text: string): void {
  const seen = JSON.stringify(value);
  if (!seen.includes(text)) {
    throw new ProofFailure(`${text} is not in ${seen.slice(0, 1500)}`);
  }
}

// part: change-feed
/** Streams are read by polls. */
async function eventually(check: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await check();
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
      await sleep(ATTEMPT_MS);
    }
  }
}
// end: change-feed
