import { restoredName } from '../restored-name.ts';
import { TransferFailure } from '../transfer-failure.ts';
import type { Window } from './moment.ts';
import { beginRestore, describeTable, isRestored, type Recovery, windowOf } from './point-in-time.ts';
import type { StageTables } from './stage-tables.ts';

/** A table and the one that it is restored into. */
interface Step {
  from: string;
  to: string;
  /** An earlier run has begun it. */
  isThere: boolean;
}

export interface Restoration {
  moment: Date;
  steps: readonly Step[];
  /** The new tables by what they hold. */
  made: StageTables;
}

/** DynamoDB's limit (Developer Guide, "Naming rules"). */
const LONGEST_NAME = 255;

/**
 * Decides what to restore to which moment, and into which tables.
 *
 * @param choose the moment, of the windows of all tables
 * @throws TransferFailure with everything that prevents it
 */
export async function planOf(
  recovery: Recovery,
  tables: StageTables,
  choose: (windows: readonly Window[]) => Date,
): Promise<Restoration> {
  const names: string[] = Object.values(tables);
  const windows = await Promise.all(names.map((table) => windowOf(recovery, table)));
  const off = names.filter((_, index) => windows[index] === null);
  if (off.length > 0) {
    throw new TransferFailure(
      `point-in-time recovery is off for ${off.join(', ')}, so nothing can be restored`,
    );
  }
  const moment = choose(windows.filter((window) => window !== null));
  const restored = (from: string): string => restoredName(from, moment);
  const steps = await Promise.all(names.map((from) => stepOf(recovery, from, restored(from))));
  const problems = steps.flatMap((step) => ('problem' in step ? step.problem : []));
  if (problems.length > 0) {
    throw new TransferFailure(problems.join('; '));
  }
  const made = Object.fromEntries(Object.entries(tables).map(([what, from]) => [what, restored(from)]));
  return {
    moment,
    steps: steps.flatMap((step) => ('problem' in step ? [] : step)),
    made: made as unknown as StageTables,
  };
}

async function stepOf(recovery: Recovery, from: string, to: string): Promise<Step | { problem: string }> {
  if (to.length > LONGEST_NAME) {
    return { problem: `the name ${to} is longer than DynamoDB's ${LONGEST_NAME} characters` };
  }
  const there = await describeTable(recovery, to);
  return there && !isRestored(there, from)
    ? {
        problem: `there is a table ${to} that was not restored from ${from}: delete it, or choose another moment`,
      }
    : { from, to, isThere: there !== undefined };
}

/** Begins what no earlier run has begun. */
export async function begin(recovery: Recovery, { steps, moment }: Restoration): Promise<void> {
  for (const { from, to } of steps.filter(({ isThere }) => !isThere)) {
    await beginRestore(recovery, from, to, moment);
  }
}
