import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { RowFormat } from '../format/format-row.ts';
import { importProblem } from '../format/import-problem.ts';
import type { Row } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import type { Pace } from '../pace.ts';
import type { Progress } from '../progress.ts';
import type { Target } from '../target.ts';
import { byId, createRun, type Record } from './run-file.ts';
import type { Workplace } from './state.ts';

/**
 * Characters of all segments together that wait to be sorted: the memory of an export. With 48 MB an export of 144 MB took 349 MB at its most, with 16 MB
 * 246 (measured 2026-11-30); from 1 GB on, the 64 runs that are merged at once make one more pass over a file.
 */
const HELD = 16 * 1024 * 1024;
/** A killed export loses no more than this. */
const SAVE_MS = 5_000;

/** Items that no import would accept and that are named; further ones are counted. */
const NAMED = 20;

export interface ScanOptions {
  consistent: boolean;
}

/** Reads what the state does not have yet, all segments at once, into sorted runs. */
export async function scanTable(
  target: Target,
  pace: Pace,
  format: RowFormat,
  workplace: Workplace,
  options: ScanOptions,
  progress: Progress,
  stop: AbortSignal,
): Promise<void> {
  const { state } = workplace;
  const most = HELD / state.segments.length;
  const earlier = state.exceptions;
  let seen = state.items;
  let unfit = 0;

  /** A backup leaves nothing out, but its owner should know early that some of it cannot be restored. */
  const tellUnfit = (row: Row): void => {
    const problem = importProblem(row);
    if (problem === null) {
      return;
    }
    unfit += 1;
    if (unfit <= NAMED) {
      progress.line(`item ${shown(idOf(row))} is exported, but no import takes it: ${problem}`);
    }
  };

  const scanSegment = async (index: number): Promise<void> => {
    const segment = state.segments[index]!;
    let held: Record[] = [];
    let length = 0;
    let saved = Date.now();
    let after = segment.after;

    const save = (done: boolean): void => {
      if (held.length > 0) {
        state.runs.push(writeRun(workplace, held));
      }
      state.items += held.length;
      state.exceptions = earlier + format.exceptions;
      Object.assign(segment, { after, done });
      workplace.save();
      held = [];
      length = 0;
      saved = Date.now();
    };

    while (!segment.done) {
      const input = {
        TableName: target.items,
        ...(state.segments.length > 1 && { Segment: index, TotalSegments: state.segments.length }),
        ExclusiveStartKey: after,
        ConsistentRead: options.consistent,
      };
      const page = await pace.call(() => target.client.send(new ScanCommand(input)));
      for (const row of page.Items ?? []) {
        const line = format.line(row);
        tellUnfit(row);
        held.push({ id: idOf(row), line });
        length += line.length;
      }
      seen += page.Items?.length ?? 0;
      after = page.LastEvaluatedKey;
      const done = after === undefined;
      if (done || stop.aborted || length >= most || Date.now() - saved > SAVE_MS) {
        save(done);
      }
      if (stop.aborted) {
        return;
      }
      const share = target.count > 0 ? seen / target.count : undefined;
      progress.update(
        'reading',
        share,
        seen,
        pace.throttled > 0 ? [`throttled ${pace.throttled} times`] : [],
      );
    }
  };
  await Promise.all(state.segments.map((_, index) => scanSegment(index)));
  if (unfit > NAMED) {
    progress.line(`… and ${unfit - NAMED} more`);
  }
}

const idOf = (row: Row): string => row['id']?.S ?? '';

function writeRun(workplace: Workplace, records: Record[]): string {
  const name = workplace.newRun();
  const run = createRun(workplace.pathOf(name));
  for (const record of records.sort(byId)) {
    run.write(record);
  }
  run.close();
  return name;
}
