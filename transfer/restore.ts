import { INTERRUPTED, runCommand } from './command.ts';
import { CONSTRAINTS_FLAG, type Flags, flagRows, parseFlags, PLACE_FLAGS, placeOf, text } from './options.ts';
import { Pace } from './pace.ts';
import { Progress } from './progress.ts';
import { checkTables, type CheckedTables } from './restore/check.ts';
import { LATEST, momentOf } from './restore/moment.ts';
import { begin, planOf, type Restoration } from './restore/plan.ts';
import { adoptSettings, type Recovery, untilActive } from './restore/point-in-time.ts';
import { describe, type Problem } from './restore/problem.ts';
import { repair } from './restore/repair.ts';
import { stageTables } from './restore/stage-tables.ts';
import { openTarget, type Target } from './target.ts';
import { TransferFailure } from './transfer-failure.ts';

const FLAGS: Flags = {
  ...PLACE_FLAGS,
  ...CONSTRAINTS_FLAG,
  at: {
    type: 'string',
    value: 'TIME',
    says: `The moment to restore, such as 2026-11-29T17:38:00Z, or ${LATEST}: the latest that all tables have.`,
  },
  check: { type: 'boolean', says: 'Restore nothing; check the existing tables.' },
  repair: {
    type: 'boolean',
    says: 'Correct claims, counts and marks to agree with the items. Nobody may write meanwhile.',
  },
  'dry-run': { type: 'boolean', says: 'Only print what would be done.' },
  help: { type: 'boolean', says: 'Print this.' },
};

const HELP = `Restores the tables of a deployed stage to one moment, into new tables beside them, and checks them.

Usage: npm run restore -- --table NAME --region R --at TIME [options]

The tables of the stage are not changed. The new ones have the same names with the moment appended. They get the
stream, expiry, recovery and protection of the old ones once they are consistent: claims, counts of references and
marks must agree with the items. docs/backups.md describes how to bring the data back into the stage.

${flagRows(FLAGS)}

To continue after a stop, run the same command. Exit code 0: everything is restored and consistent. 1: there are
problems, each printed with its meaning. 130: stopped.`;

/** Between two looks at tables that are being restored. */
const POLL_MS = 5_000;
/** Problems that are shown; further ones are counted. */
const SHOWN = 20;
const CALLS = 16;

async function main(args: string[], stop: AbortSignal): Promise<number> {
  const { values, file } = parseFlags(args, FLAGS, 'npm run restore');
  if (values['help']) {
    console.log(HELP);
    return 0;
  }
  const at = text(values['at']);
  const isCheck = values['check'] === true;
  if (file !== undefined || (at === undefined) !== isCheck) {
    throw new TransferFailure('pass either --at TIME or --check, and no file; see npm run restore -- --help');
  }
  const place = placeOf(values);
  const target = await openTarget(place);
  const progress = new Progress(process.stderr);
  const pace = new Pace(CALLS);
  const repairs = values['repair'] === true && values['dry-run'] !== true;
  try {
    const tables = await stageTables(target, place.constraints);
    if (at === undefined) {
      const { items, constraints } = tables;
      return await check({ client: target.client, items, constraints, pace }, repairs, progress, stop);
    }
    const recovery = { client: target.client, pace, pollMs: POLL_MS };
    const plan = await planOf(recovery, tables, (windows) => momentOf(at, windows));
    plan.steps.forEach(({ from, to, isThere }) =>
      progress.line(`${from} → ${to}${isThere ? ' (there already)' : ''}`),
    );
    return values['dry-run'] ? 0 : await restore(recovery, target, plan, repairs, progress, stop);
  } finally {
    target.client.destroy();
  }
}

async function restore(
  recovery: Recovery,
  { client }: Target,
  plan: Restoration,
  repairs: boolean,
  progress: Progress,
  stop: AbortSignal,
): Promise<number> {
  await begin(recovery, plan);
  const names = plan.steps.map(({ to }) => to);
  await untilActive(
    recovery,
    names,
    (ready) => progress.update('restoring tables', ready / names.length, ready),
    stop,
  );
  if (stop.aborted) {
    progress.line('stopped; DynamoDB restores on, and the same command goes on from there');
    return INTERRUPTED;
  }
  const { items, constraints } = plan.made;
  const code = await check({ client, items, constraints, pace: recovery.pace }, repairs, progress, stop);
  if (code === 0) {
    // Last: a stream would have told of repairs, and an expiry would have deleted while the check read.
    for (const { from, to } of plan.steps) {
      await adoptSettings(recovery, from, to);
    }
    progress.line(`restored to ${plan.moment.toISOString()}: ${names.join(', ')}`);
  }
  return code;
}

async function check(
  tables: CheckedTables,
  repairs: boolean,
  progress: Progress,
  stop: AbortSignal,
): Promise<number> {
  const now = Math.floor(Date.now() / 1000);
  const { items, claims, references, leadingNowhere, problems } = await checkTables(
    tables,
    now,
    progress,
    stop,
  );
  if (stop.aborted) {
    progress.line('stopped while checking');
    return INTERRUPTED;
  }
  const left = repairs ? await repairAll(tables, problems) : problems;
  left.slice(0, SHOWN).forEach((problem) => progress.line(describe(problem)));
  if (left.length > SHOWN) {
    progress.line(`… and ${left.length - SHOWN} more`);
  }
  progress.line(
    `${items} items, ${claims} claims, ${references} references${leadingNowhere > 0 ? `, ${leadingNowhere} ids of them without an item` : ''}: ` +
      `${outcome(problems.length, left.length, repairs)}`,
  );
  return left.length > 0 ? 1 : 0;
}

function outcome(found: number, left: number, repairs: boolean): string {
  if (found === 0) {
    return 'all is right';
  }
  return repairs
    ? `${found - left} of ${found} problems repaired`
    : `${found} problems; the same command with --repair corrects them`;
}

/** @returns those that remain */
async function repairAll(tables: CheckedTables, problems: readonly Problem[]): Promise<Problem[]> {
  const repaired = await Promise.all(problems.map((problem) => repair(tables, problem)));
  return problems.filter((_, index) => !repaired[index]);
}

await runCommand((stop) => main(process.argv.slice(2), stop));
