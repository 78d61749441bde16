import { parseLine, type ParseOptions } from '../format/parse-line.ts';
import { Unfit } from '../format/unfit.ts';
import type { Progress } from '../progress.ts';
import { TransferFailure } from '../transfer-failure.ts';
import { linesOf, type Source } from './source.ts';
import { refuseWholeDocument } from './whole-document.ts';

/** Invalid lines that are shown; further ones are counted. */
const SHOWN = 20;

export interface Checked {
  items: number;
  wrong: number;
}

/**
 * Reads all lines and reports those that cannot become items.
 * @throws TransferFailure for a source that cannot be read or is not a file of lines, or a data file that differs from its
 * manifest
 */
export async function checkLines(
  source: Source,
  options: ParseOptions,
  progress: Progress,
  stop: AbortSignal,
): Promise<Checked> {
  await refuseWholeDocument(source);
  const checked: Checked = { items: 0, wrong: 0 };
  let read = 0;
  const perFile = new Map<string, number>();
  for await (const { bytes, place } of linesOf(source, (sum) => (read = sum))) {
    if (stop.aborted) {
      break;
    }
    try {
      if (parseLine(bytes, options) === null) {
        continue;
      }
      checked.items += 1;
      const file = place.replace(/ ?line \d+$/, '');
      perFile.set(file, (perFile.get(file) ?? 0) + 1);
    } catch (error) {
      if (!(error instanceof Unfit)) {
        throw error;
      }
      checked.wrong += 1;
      if (checked.wrong <= SHOWN) {
        progress.line(`${place}: ${error.message}`);
      }
    }
    progress.update('checking', read / source.bytes, checked.items);
  }
  if (checked.wrong > SHOWN) {
    progress.line(`… and ${checked.wrong - SHOWN} more`);
  }
  if (!stop.aborted && checked.wrong === 0) {
    compareCounts(source, perFile);
  }
  return checked;
}

function compareCounts({ files }: Source, perFile: ReadonlyMap<string, number>): void {
  for (const { path, itemCount } of files) {
    const found = perFile.get(files.length > 1 ? path : '') ?? 0;
    if (itemCount !== undefined && found !== itemCount) {
      throw new TransferFailure(
        `${path} holds ${found} items, its manifest says ${itemCount}; copy the export again`,
      );
    }
  }
}
