import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reduceRuns, writeFile } from '../../transfer/export/assemble.ts';
import { createRun } from '../../transfer/export/run-file.ts';
import { openWorkplace, type Workplace } from '../../transfer/export/state.ts';
import { Progress } from '../../transfer/progress.ts';
import { temporaryFolder } from './harness/tables.ts';

const IDENTITY = { table: 'items', format: 'dynamodb-json', segments: 1 };
const never = new AbortController().signal;
const quiet = new Progress({ write: () => undefined });

const name = (index: number): string => String(index).padStart(4, '0');

/** A workplace with so many sorted runs of three items, which overlap. */
function workplaceOf(folder: string, count: number): Workplace {
  const workplace = openWorkplace(folder, IDENTITY, false);
  for (let index = 0; index < count; index += 1) {
    const run = workplace.newRun();
    const writer = createRun(workplace.pathOf(run));
    for (const id of [index, count + index, 2 * count + index].map(name)) {
      writer.write({ id, line: Buffer.from(id) });
    }
    writer.close();
    workplace.state.runs.push(run);
    workplace.state.items += 3;
  }
  workplace.save();
  return workplace;
}

async function result(workplace: Workplace): Promise<string[]> {
  const file = join(temporaryFolder(), 'export');
  await writeFile(workplace, file, quiet);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

const sorted = (count: number): string[] => Array.from({ length: 3 * count }, (_, index) => name(index));

test('more runs than can be open at once are merged first, and every item comes once and in order', async () => {
  const folder = join(temporaryFolder(), 'export');
  const workplace = workplaceOf(folder, 200);

  await reduceRuns(workplace, never);

  expect(workplace.state.runs.length).toBeLessThanOrEqual(32);
  expect(readdirSync(folder).sort()).toEqual([...workplace.state.runs, 'state.json'].sort());
  expect(await result(workplace)).toEqual(sorted(200));
});

test('merging that was stopped is gone on with from what the state has', async () => {
  const folder = join(temporaryFolder(), 'export');
  const stop = new AbortController();
  const workplace = workplaceOf(folder, 200);
  const { save } = workplace;
  workplace.save = () => {
    save();
    stop.abort();
  };

  await reduceRuns(workplace, stop.signal);
  const resumed = openWorkplace(folder, IDENTITY, false);
  const left = resumed.state.runs.length;
  await reduceRuns(resumed, never);

  expect(left).toBe(200 - 32 + 1);
  expect(await result(resumed)).toEqual(sorted(200));
});
