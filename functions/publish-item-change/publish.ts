import { setTimeout as pause } from 'node:timers/promises';
import { bodyOf, nameOf } from './document.ts';
import type { Send } from './graphql-request.ts';
import type { Report } from './report.ts';

/** The outcome of a change: published, to be retried, or refused for good. */
export type Outcome = { type: 'published' } | { type: 'later' | 'refused'; reason: string };

/** Publishes changes in one request. @returns the outcome of each */
export type Publish = (reports: readonly Report[]) => Promise<Outcome[]>;

/** Pauses before each retry, in milliseconds; further retries are left to the event source mapping. */
const PAUSES = [50, 250];

/** Temporary errors of AppSync (developer guide, "Troubleshooting and common mistakes", and quotas). */
const PASSING = new Set([
  'ThrottlingException',
  'LimitExceededException',
  'ExecutionTimeout',
  'InternalFailure',
]);

/** Statuses of a request that AppSync refuses for what it says. Others pass, or refuse the caller: WAF, a signature, a role without its grant. */
const OF_CONTENT = new Set([400, 413]);
/** How AppSync refuses a signature, with 400 (aws/aws-sdk-java#2583, aws-amplify/amplify-js#11480). */
const OF_SIGNATURE = /The request signature we calculated|Signature (?:expired|not yet current)/;

const refusesContent = (status: number, body: string): boolean =>
  OF_CONTENT.has(status) && !OF_SIGNATURE.test(body);

interface ErrorEntry {
  path?: (string | number)[] | null;
  errorType?: string | null;
  message?: string;
}

/** The type of an error, or the beginning of its message; the rest may be values of the item, which must not be logged. */
const reasonOf = ({ errorType, message }: ErrorEntry): string =>
  errorType ?? (message ?? 'an error without a message').split(/[`'":(]/)[0]!.trim();

const failure = (entry: ErrorEntry): Outcome => ({
  type: PASSING.has(entry.errorType ?? '') ? 'later' : 'refused',
  reason: reasonOf(entry),
});

/** Nearly no answer has errors; those that do not name them are not parsed. */
function errorsIn(body: string): ErrorEntry[] {
  if (!body.includes('"errors"') && body.startsWith('{"data":')) {
    return [];
  }
  const { errors } = JSON.parse(body) as { errors?: ErrorEntry[] };
  return errors ?? [];
}

/** An error without a path concerns the whole request. */
function outcomesOf(errors: ErrorEntry[], count: number): Outcome[] {
  const whole = errors.find(({ path }) => !path?.length);
  return Array.from({ length: count }, (_, index) => {
    const own = errors.find(({ path }) => count === 1 || path?.[0] === nameOf(index));
    const found = whole ?? own;
    return found ? failure(found) : { type: 'published' };
  });
}

async function attempt(send: Send, body: string, count: number): Promise<Outcome[]> {
  const all = (outcome: Outcome): Outcome[] => Array<Outcome>(count).fill(outcome);
  try {
    const { status, body: answer } = await send(body);
    if (status !== 200) {
      return all({ type: refusesContent(status, answer) ? 'refused' : 'later', reason: `HTTP ${status}` });
    }
    return outcomesOf(errorsIn(answer), count);
  } catch (error) {
    return all({ type: 'later', reason: error instanceof Error ? error.name : 'no answer' });
  }
}

/** Publishes with the mutation `publishItemChange`; retries temporary errors a few times. */
export const publisher =
  (send: Send, wait: (ms: number) => Promise<unknown> = pause): Publish =>
  async (reports) => {
    const outcomes: Outcome[] = reports.map(() => ({ type: 'later', reason: 'not tried' }));
    let open = reports.map((_, index) => index);
    for (let round = 0; open.length > 0; round += 1) {
      const body = bodyOf(open.map((which) => reports[which]!.json));
      const answers = await attempt(send, body, open.length);
      open.forEach((which, index) => {
        outcomes[which] = answers[index]!;
      });
      const ms = PAUSES[round];
      open = ms === undefined ? [] : open.filter((which) => outcomes[which]!.type === 'later');
      if (open.length > 0) {
        await wait(ms!);
      }
    }
    return outcomes;
  };
