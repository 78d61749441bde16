import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProofFailure } from '../proof-failure.ts';
import type { CdkRun } from './cdk-run.ts';
import { eventually, expect } from './expect.ts';
import {
  loggedIds, // part: change-feed
  openStage,
  RIGHT,
  type Stage,
} from './stage.ts';
import type { Step } from './step.ts';

const ATTEMPTS = 5;
const TABLES = [
  'DataItems',
  'DataConstraints',
  'DataChanges', // part: change-feed
];

/**
 * Loses a stage and brings it back from restored tables: writes two items, restores the tables, spoils an item, destroys the stack, imports the
 * restored tables into a new one, deploys, and looks at what is there and what is published.
 */
export async function rehearseRestore(
  url: string,
  cdk: CdkRun,
  { stackName, directory }: { stackName: string; directory: string },
  step: Step,
): Promise<void> {
  const stage = await openStage(url, stackName);
  await step('two items are written', async () => {
    expect(await stage.put({ id: 'pen-1' }, RIGHT), '"version":1');
    expect(await stage.put({ id: 'pen-2' }, { ...RIGHT, sku: 'PEN-2' }), '"version":1');
    await eventually(() => published(stage, 'pen-1', 'pen-2')); // part: change-feed
  });
  await step('the tables are restored', async () => {
    await Promise.all(TABLES.map((start) => stage.calls.recoverable(stage.named(start))));
    await restore(url, cdk, stage);
  });
  await step('an item is spoilt', () =>
    stage.calls.put(stage.named('DataItems'), { id: { S: 'pen-1' }, version: { N: '9' } }),
  );
  const mapping = join(directory, 'orphans.json');
  writeFileSync(mapping, JSON.stringify(await identifiersOf(stage)));
  await step('the stack is destroyed', async () => {
    await stage.calls.unprotect(stackName);
    await cdk.destroy();
  });
  await step('the restored tables are imported', () => cdk.import(mapping));
  await step('the stack is deployed around them', () => cdk.deploy());
  await step('no change is seen as none', () => cdk.expectNoChange());

  const back = await openStage(url, stackName);
  await step('items are as they were restored', async () => {
    const items = JSON.stringify(await back.calls.items(back.named('DataItems')));
    expect(items, 'pen-2');
    if (items.includes('"N":"9"')) {
      throw new ProofFailure(`the spoilt item is in ${items}`);
    }
  });
  await step('their unique values are taken', async () => {
    expect(await back.put({ id: 'pen-3' }, RIGHT), 'PEN-1');
    expect(await back.put({ id: 'pen-3' }, { ...RIGHT, sku: 'PEN-3' }), '"version":1');
  });
  // part: change-feed
  await step('a new change is published, and no restored item anew', () =>
    eventually(() => published(back, 'pen-1', 'pen-2', 'pen-3')),
  );
  // end: change-feed
}

/**
 * Both ends of MiniStack's times to restore are the present second, so tables that are asked in two seconds have none in common. It restores
 * what a table has now, whatever the time.
 */
async function restore(url: string, cdk: CdkRun, stage: Stage): Promise<void> {
  const place = ['--table', stage.named('DataItems'), '--endpoint', url, '--region', 'us-east-1'];
  for (let attempt = 1; ; attempt += 1) {
    try {
      const args = ['--import', 'tsx', 'transfer/restore.ts', ...place, '--at', 'latest'];
      return await cdk.node(args, 'npm run restore');
    } catch (error) {
      if (attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** What `cdk import` asks for, by logical id: the names of the restored tables. */
async function identifiersOf({ calls, named, idOf }: Stage): Promise<Record<string, { TableName: string }>> {
  const tables = await calls.tables();
  return Object.fromEntries(
    TABLES.map((start) => {
      const restored = tables.find((name) => name.startsWith(`${named(start)}-at-`));
      if (restored === undefined) {
        throw new ProofFailure(`no table was restored from ${named(start)}, but ${tables.join(', ')}`);
      }
      return [idOf(start), { TableName: restored }];
    }),
  );
}

// part: change-feed
/** @throws ProofFailure unless the log of changes has one change of each item and no other */
async function published(stage: Stage, ...expected: string[]): Promise<void> {
  const ids = await loggedIds(stage);
  if (ids.join() !== expected.join()) {
    throw new ProofFailure(`the log of changes has ${ids.join(', ')}, not ${expected.join(', ')}`);
  }
}
// end: change-feed
