import { setImmediate as turn } from 'node:timers/promises';
import { ScanCommand, type ScanCommandInput } from '@aws-sdk/client-dynamodb';
import { decodeBinary } from '../format/attribute-value.ts';
import type { RowFormat } from '../format/format-row.ts';
import { importProblem } from '../format/import-problem.ts';
import type { Row } from '../format/row.ts';
import { shown } from '../format/unfit.ts';
import type { Pace } from '../pace.ts';
import type { Progress } from '../progress.ts';
import type { Target } from '../target.ts';
import { sendText } from '../wire.ts';
import { Held } from './held.ts';
import { createRun } from './run-file.ts';
import type { Workplace } from './state.ts';

/**
 * Bytes of lines that wait to be sorted, of all segments together. Node.js 24 and 26 take 20 MB more than 20 from the start: with twice
 * as many bytes here an export passed 128 MB on them (measured 2026-11-30).
 */
const HELD_BYTES = 8 * 1024 * 1024;
/** For the lines of a page, whose items have a megabyte at most. */
const PAGE_BYTES = 2 * 1024 * 1024;
/** A page of a scan ends at 1 MB (API, Scan). */
const PAGE_END_BYTES = 1024 * 1024;
/** Of the first page, whose items are of unknown size. */
const FIRST_LIMIT = 100;
const MOST_LIMIT = 4_000;
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
  const held = new Held(HELD_BYTES + PAGE_BYTES);
  const reached = state.segments.map((segment) => ({ ...segment }));
  const earlier = state.exceptions;
  let saved = Date.now();
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
      progress.line(`item ${shown(idOf(row))} is exported, but import would refuse it: ${problem}`);
    }
  };

  /** All segments at once, since their lines are in one run. */
  const save = (): void => {
    if (held.count > 0) {
      state.runs.push(writeRun(workplace, held));
    }
    state.items += held.count;
    state.exceptions = earlier + format.exceptions;
    state.segments = reached.map((segment) => ({ ...segment }));
    workplace.save();
    held.clear();
    saved = Date.now();
  };

  const scanSegment = async (index: number): Promise<void> => {
    const segment = reached[index]!;
    let limit = FIRST_LIMIT;
    const ask = (ExclusiveStartKey: Row | undefined): Promise<Page> => {
      const input = {
        TableName: target.items,
        ...(state.segments.length > 1 && { Segment: index, TotalSegments: state.segments.length }),
        ExclusiveStartKey,
        ConsistentRead: options.consistent,
        Limit: limit,
      };
      return pace.call(() => scanPage(target, input));
    };
    let asked = segment.done ? undefined : ask(segment.after);
    while (asked) {
      const page: Page = await asked;
      // The next page is on its way while this one is written down.
      asked = page.LastEvaluatedKey && !stop.aborted ? ask(page.LastEvaluatedKey) : undefined;
      asked?.catch(() => undefined); // it is awaited above
      await turn();
      const before = held.size;
      for (const row of page.Items) {
        held.add(idOf(row), format.line(row));
        tellUnfit(row);
      }
      limit = limitAfter(page.Items.length, held.size - before) ?? limit;
      seen += page.Items.length;
      segment.after = page.LastEvaluatedKey;
      segment.done = segment.after === undefined;
      if (held.size >= HELD_BYTES || Date.now() - saved > SAVE_MS) {
        save();
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
  await Promise.all(reached.map((_, index) => scanSegment(index)));
  save();
  if (unfit > NAMED) {
    progress.line(`… and ${unfit - NAMED} more`);
  }
}

/**
 * As many items as a page has at most, and some: without a limit the embedded engine reads the rest of the table for every page (57 ms for
 * an item of 390 KB, measured 2026-11-30).
 */
const limitAfter = (items: number, bytes: number): number | undefined =>
  items === 0
    ? undefined
    : Math.max(2, Math.min(MOST_LIMIT, Math.ceil((1.25 * items * PAGE_END_BYTES) / bytes)));

interface Page {
  Items: Row[];
  LastEvaluatedKey?: Row;
}

async function scanPage({ client }: Target, input: ScanCommandInput): Promise<Page> {
  const { Items = [], LastEvaluatedKey } = await sendText<Partial<Page>>(
    client,
    new ScanCommand({ TableName: input.TableName! }),
    JSON.stringify(input),
  );
  for (const row of Items) {
    Object.values(row).forEach(decodeBinary);
  }
  return { Items, ...(LastEvaluatedKey && { LastEvaluatedKey }) };
}

const idOf = (row: Row): string => row['id']?.S ?? '';

function writeRun(workplace: Workplace, held: Held): string {
  const name = workplace.newRun();
  const run = createRun(workplace.pathOf(name));
  for (const record of held.sorted()) {
    run.write(record);
  }
  run.close();
  return name;
}
