import { StateFile } from '../state-file.ts';
import { TransferFailure } from '../transfer-failure.ts';
import type { Source } from './source.ts';

export interface Counts {
  created: number;
  replaced: number;
  /** Existed already, and were equal. */
  unchanged: number;
  /** Existed, and were left as requested. */
  kept: number;
  refused: number;
}

/** The progress of an import. Lines up to `position` need not be read again. */
export interface ImportState {
  source: string;
  target: string;
  options: string;
  /** ISO 8601: the time of lines without times, which stays the same after a resume. */
  now: string;
  phase: 'write' | 'mark';
  position: number;
  counts: Counts;
  /** Some item was written that refers to one that did not exist yet. */
  unmarked: boolean;
}

export interface KeptState {
  state: ImportState;
  resumed: boolean;
  save(): void;
  remove(): void;
}

/**
 * Resumes the state of an interrupted import of the same file into the same table.
 * @throws TransferFailure when the state belongs to another one
 */
export function openState(
  source: Source,
  identity: { target: string; options: string },
  now: string,
  restart: boolean,
): KeptState {
  const fresh: ImportState = {
    ...identity,
    source: source.fingerprint,
    now,
    phase: 'write',
    position: 0,
    counts: { created: 0, replaced: 0, unchanged: 0, kept: 0, refused: 0 },
    unmarked: false,
  };
  if (source.statePath === null) {
    return { state: fresh, resumed: false, save: () => undefined, remove: () => undefined };
  }
  const file = new StateFile<ImportState>(source.statePath);
  const found = restart ? null : file.read();
  const changed =
    found && (['source', 'target', 'options'] as const).find((name) => found[name] !== fresh[name]);
  if (changed) {
    const what = {
      source: 'the file as it was',
      target: found.target,
      options: `the options ${found.options}`,
    }[changed];
    throw new TransferFailure(
      `${file.path} is of an interrupted import with ${what}; finish that one, or pass --restart to begin anew`,
    );
  }
  const state = found ?? fresh;
  return { state, resumed: found !== null, save: () => file.write(state), remove: () => file.remove() };
}
