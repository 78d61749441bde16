import { counted } from '../../../../ground/counted.ts';
import type { RequestSummary } from '../../../../recorder/recorded-request.ts';

/** The answer to `GET /_local/requests?after=NUMBER`, as far as the room needs it. */
export interface RequestList {
  /** The newest first. */
  requests: RequestSummary[];
  holding: { requests: number; dropped: number; skipped: number };
}

/** What the list shows. */
export interface Known {
  /** The newest first, as many as the server keeps. */
  requests: RequestSummary[];
  /** Requests that arrived too fast to be recorded. */
  skipped: number;
}

export const NOTHING: Known = { requests: [], skipped: 0 };

/** The number after which the server is asked for more. */
export const latestOf = ({ requests }: Known): number => requests[0]?.number ?? 0;

/**
 * Adds what came since, and drops what the server has dropped.
 * @returns null when the server has counted fewer requests than are known: it is another one, to be asked from the beginning
 */
export function joined(known: Known, { requests, holding }: RequestList): Known | null {
  const { skipped } = holding;
  if (holding.requests + holding.dropped < latestOf(known)) {
    return null;
  }
  if (requests.length === 0 && skipped === known.skipped) {
    return known;
  }
  return { requests: [...requests, ...known.requests].slice(0, holding.requests), skipped };
}

/** Requests whose line contains a text, in whatever case, and that failed if only those are wanted. */
export function chosen(requests: RequestSummary[], text: string, onlyFailed: boolean): RequestSummary[] {
  const wanted = text.trim().toLowerCase();
  return requests.filter(
    (request) =>
      (!onlyFailed || hasFailed(request)) &&
      `${request.title} ${request.id} ${callerText(request)}`.toLowerCase().includes(wanted),
  );
}

export const hasFailed = ({ status, errors }: RequestSummary): boolean => status !== 200 || errors > 0;

/** `API_KEY`, `AWS_IAM, by function notify`, `refused`. */
export const callerText = ({ mode, madeBy }: RequestSummary): string =>
  `${mode ?? 'refused'}${madeBy === undefined ? '' : `, by function ${madeBy}`}`;

/** `200`, `200, 2 errors`, `no answer`. */
export function statusText({ status, errors }: RequestSummary): string {
  const count = errors === 0 ? '' : `, ${counted(errors, 'error')}`;
  return `${status ?? 'no answer'}${count}`;
}
