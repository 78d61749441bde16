import { INTERRUPTED, runCommand } from './command.ts';
import { checkLines } from './import/check.ts';
import { markReferenced } from './import/mark-referenced.ts';
import { ON_CONFLICT } from './import/settle.ts';
import { openSource, type Source } from './import/source.ts';
import { type KeptState, openState } from './import/state.ts';
import type { Tables } from './import/tables.ts';
import { writeLines, type WriteOptions } from './import/write-lines.ts';
import {
  CONSTRAINTS_FLAG,
  count,
  type Flags,
  flagRows,
  oneOf,
  parseFlags,
  PLACE_FLAGS,
  placeOf,
} from './options.ts';
import { Pace } from './pace.ts';
import { Progress } from './progress.ts';
import { findConstraints, openTarget, type Place } from './target.ts';
import { TransferFailure } from './transfer-failure.ts';

const FLAGS: Flags = {
  ...PLACE_FLAGS,
  ...CONSTRAINTS_FLAG,
  'on-conflict': {
    type: 'string',
    value: 'WHAT',
    says:
      'For an id that a different item has. fail: keep it, report it, and end with exit code 1. skip: keep it. replace: ' +
      'overwrite it. Default: fail',
  },
  'next-version': {
    type: 'boolean',
    says: 'Give a replaced item the version after its current one, not that of the line: for items of a backup.',
  },
  'dry-run': { type: 'boolean', says: 'Check all lines and write nothing; needs no server.' },
  'no-validate': { type: 'boolean', says: 'Accept JSON Lines whose payloads break the rules of their kind.' },
  concurrency: {
    type: 'string',
    value: 'N',
    says: 'Maximum of concurrent calls; throttling lowers it. Default: 32',
  },
  restart: { type: 'boolean', says: 'Discard an interrupted import of this file.' },
  help: { type: 'boolean', says: 'Print this.' },
};

const HELP = `Imports items from FILE into the running local server or a deployed table.

Usage: npm run import -- FILE [options]

FILE has one item per line, as JSON Lines ({"id":"desk-1","payload":{"width":120}}) or as DynamoDB JSON
({"Item":{"id":{"S":"desk-1"},...}}); gzip is unpacked. It may be the folder of an export to S3, or - for
standard input. All lines are checked before anything is written. An item that already equals its line is not
written again, so importing twice changes nothing.

${flagRows(FLAGS)}

To resume an import that was stopped or killed, run the same command: FILE.import-state.json has its progress.
Exit code 0: all items are imported. 1: some are not; each is reported with its line. 130: stopped.`;

interface ImportOptions extends WriteOptions {
  place: Place;
  dryRun: boolean;
  restart: boolean;
}

async function main(args: string[], stop: AbortSignal): Promise<number> {
  const { values, file } = parseFlags(args, FLAGS, 'npm run import');
  if (values['help']) {
    console.log(HELP);
    return 0;
  }
  if (file === undefined) {
    throw new TransferFailure('FILE is required; see npm run import -- --help');
  }
  const options: ImportOptions = {
    place: placeOf(values),
    onConflict: oneOf(values, 'on-conflict', ON_CONFLICT, 'fail'),
    validated: values['no-validate'] !== true,
    nextVersion: values['next-version'] === true,
    concurrency: count(values, 'concurrency', 256, 32),
    dryRun: values['dry-run'] === true,
    restart: values['restart'] === true,
  };
  const source = await openSource(file);
  try {
    return options.dryRun ? await dryRun(source, options, stop) : await importSource(source, options, stop);
  } finally {
    source.close();
  }
}

const timeNow = (): string => new Date().toISOString();

async function dryRun(source: Source, { validated }: ImportOptions, stop: AbortSignal): Promise<number> {
  const progress = new Progress(process.stderr);
  const { items, wrong } = await checkLines(source, { now: timeNow(), validated }, progress, stop);
  if (stop.aborted) {
    return INTERRUPTED;
  }
  progress.line(wrong === 0 ? `${items} items can be imported; nothing was written` : badLines(wrong));
  return wrong === 0 ? 0 : 1;
}

const badLines = (wrong: number): string =>
  `${wrong} ${wrong === 1 ? 'line is' : 'lines are'} wrong; nothing was written`;

async function importSource(source: Source, options: ImportOptions, stop: AbortSignal): Promise<number> {
  const target = await openTarget(options.place);
  try {
    const constraints = await findConstraints(target, options.place.constraints);
    const tables = {
      client: target.client,
      isLocal: target.isLocal,
      items: target.items,
      constraints,
      pace: new Pace(options.concurrency),
    };
    const progress = new Progress(process.stderr);
    const identity = {
      target: target.name,
      options: `--on-conflict ${options.onConflict}${options.validated ? '' : ' --no-validate'}${options.nextVersion ? ' --next-version' : ''}`,
    };
    const kept = openState(source, identity, timeNow(), options.restart);
    if (kept.resumed) {
      progress.line(`resuming after line ${kept.state.position}`);
    } else {
      const { now } = kept.state;
      const { wrong } = await checkLines(source, { now, validated: options.validated }, progress, stop);
      if (wrong > 0) {
        throw new TransferFailure(badLines(wrong));
      }
      if (stop.aborted) {
        progress.line('stopped while checking; nothing was written');
        return INTERRUPTED;
      }
    }
    return await write(source, tables, kept, options, progress, stop);
  } finally {
    target.client.destroy();
  }
}

async function write(
  source: Source,
  tables: Tables,
  kept: KeptState,
  options: ImportOptions,
  progress: Progress,
  stop: AbortSignal,
): Promise<number> {
  const { state } = kept;
  if (state.phase === 'write') {
    await writeLines(source, tables, kept, options, progress, stop);
  }
  if (stop.aborted) {
    return interrupted(kept, progress);
  }
  state.phase = 'mark';
  kept.save();
  const missing = state.unmarked ? await markReferenced(source, tables, state, progress, stop) : 0;
  if (stop.aborted) {
    return interrupted(kept, progress);
  }
  kept.remove();
  const { created, replaced, unchanged, kept: left, refused } = state.counts;
  progress.line(
    `${created} created, ${replaced} replaced, ${unchanged} there already, ${left} left as they were, ${refused} refused` +
      (missing > 0 ? `; ${missing} references name missing items` : ''),
  );
  return refused > 0 ? 1 : 0;
}

function interrupted({ state }: KeptState, progress: Progress): number {
  progress.line(`stopped after line ${state.position}; the same command goes on from there`);
  return INTERRUPTED;
}

await runCommand((stop) => main(process.argv.slice(2), stop));
