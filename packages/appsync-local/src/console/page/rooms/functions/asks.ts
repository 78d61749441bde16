import type {
  FunctionsView,
  InvocationSummary,
  InvocationView,
  RunView,
} from '../../../../functions/function-view.ts';
import type { LogLine } from '../../../../logs/log-line.ts';
import { localFailure } from '../../api/local-failure.ts';
import { localJson } from '../../api/local-route.ts';

export const loadFunctions = (): Promise<FunctionsView> => localJson('/_local/functions');

export const loadInvocations = async (name: string): Promise<InvocationSummary[]> =>
  (
    await localJson<{ invocations: InvocationSummary[] }>(
      `/_local/functions/invocations?function=${encodeURIComponent(name)}`,
    )
  ).invocations;

export const loadInvocation = (id: string): Promise<InvocationView> =>
  localJson(`/_local/functions/invocations?id=${encodeURIComponent(id)}`);

export const loadRuns = async (name: string): Promise<RunView[]> =>
  (await localJson<{ runs: RunView[] }>(`/_local/functions/runs?name=${encodeURIComponent(name)}`)).runs;

/** Runs a Lambda function. @returns the id of the invocation; null in a server that records nothing */
export const invoke = (name: string, payload: unknown): Promise<{ id: string | null; result: unknown }> =>
  localJson('/_local/functions/invoke', { function: name, payload });

/** The lines that the room knows. */
export interface KnownLines {
  /** The oldest first. */
  lines: LogLine[];
  /** The number of the newest line. */
  newest: number;
  /** Lines that the server has no more. */
  dropped: number;
}

export const NO_LINES: KnownLines = { lines: [], newest: 0, dropped: 0 };

/** As many as the page can hold. */
const MOST_LINES = 5_000;

/** Adds what came since; a server that was started again counts from 1. */
export async function moreLines(known: KnownLines): Promise<KnownLines> {
  const { lines, newest, dropped } = await localJson<KnownLines>(`/_local/logs?after=${known.newest}`);
  if (newest < known.newest) {
    return moreLines(NO_LINES);
  }
  return lines.length === 0
    ? known
    : { lines: [...known.lines, ...lines].slice(-MOST_LINES), newest, dropped };
}

export const reasonOf = (error: unknown): string =>
  localFailure(error, 'This server records no log lines; start it without --no-recorder.');
