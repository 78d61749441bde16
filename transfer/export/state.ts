import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../format/row.ts';
import { StateFile } from '../state-file.ts';
import { TransferFailure } from '../transfer-failure.ts';

/** A segment of a parallel scan: everything up to `after` is in the runs. */
export interface Segment {
  after?: Row;
  done: boolean;
}

/** The progress of an export. */
export interface ExportState {
  table: string;
  format: string;
  segments: Segment[];
  /** Names of the files with the items read so far, each sorted by id. */
  runs: string[];
  /** Number of the next run. */
  next: number;
  items: number;
  /** Rows that JSON Lines cannot express. */
  exceptions: number;
}

export interface Workplace {
  folder: string;
  state: ExportState;
  resumed: boolean;
  save(): void;
  /** Returns a name for a new run. */
  newRun(): string;
  pathOf(run: string): string;
  remove(): void;
}

/**
 * Opens the folder of an export, with its state and its runs. Removes files that the state does not name; they were written
 * just before a kill.
 *
 * @throws TransferFailure when it belongs to another export
 */
export function openWorkplace(
  folder: string,
  identity: { table: string; format: string; segments: number },
  restart: boolean,
): Workplace {
  if (restart) {
    rmSync(folder, { recursive: true, force: true });
  }
  if (
    existsSync(folder) &&
    !existsSync(join(folder, STATE)) &&
    readdirSync(folder).some((name) => !OURS.test(name))
  ) {
    throw new TransferFailure(
      `${folder} exists and does not belong to an export; name another FILE, or move it away`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new StateFile<ExportState>(join(folder, STATE));
  const found = file.read();
  if (found && (found.table !== identity.table || found.format !== identity.format)) {
    throw new TransferFailure(
      `${folder} is of an interrupted export of ${found.table} as ${found.format}; finish that one, or pass --restart to begin anew`,
    );
  }
  const state = found ?? fresh(identity);
  for (const name of readdirSync(folder)) {
    if (name !== STATE && OURS.test(name) && !state.runs.includes(name)) {
      rmSync(join(folder, name));
    }
  }
  return {
    folder,
    state,
    resumed: found !== null,
    save: () => file.write(state),
    newRun: () => `run-${(state.next += 1)}`,
    pathOf: (run) => join(folder, run),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const STATE = 'state.json';
const OURS = /^(run-\d+|result|state\.json(\.next)?)$/;

const fresh = ({
  table,
  format,
  segments,
}: {
  table: string;
  format: string;
  segments: number;
}): ExportState => ({
  table,
  format,
  segments: Array.from({ length: segments }, () => ({ done: false })),
  runs: [],
  next: 0,
  items: 0,
  exceptions: 0,
});
