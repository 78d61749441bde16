import type { NodeProgram } from '../app-command.ts';

/** To the process that is kept warm: run these programs, one after the other. */
export interface RunRequest {
  /** From 1; each run has fresh modules. */
  run: number;
  programs: NodeProgram[];
  /** The whole environment. */
  environment: Record<string, string | undefined>;
  /** Absolute paths of the files that have changed since the last run. */
  changed: string[];
  /** Whether files came or went since the last run, so that imports may mean others. */
  filesCameOrWent: boolean;
}

/** To that process: the code that it reported is applied, so it may continue. */
export interface GoOn {
  run: number;
  kind: 'go-on';
}

/** Code that a bundler has made anew because a source has changed. */
export interface RebuiltCode {
  before: string;
  after: string;
  /** Of `after`, where it is not inline. */
  sourceMap?: string;
}

/** From that process. */
export type SynthesisMessage =
  /** Sent before the programs run, when only sources of bundles have changed. The process then waits for `GoOn`. */
  | { kind: 'rebuilt'; run: number; code: RebuiltCode[] }
  /** `failure` has the program's own words; `lastBegan` is when the last program began, in epoch milliseconds. */
  | {
      kind: 'ended';
      run: number;
      failure?: { program: number; output: string };
      heapMb: number;
      lastBegan: number;
    };

/** Ends what a failed run has written to the process's standard error, by the programs that it started. */
export const END_OF_ERRORS = '\0\n';
