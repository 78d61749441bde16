import { isRecord } from '../ground/record.ts';
import type { AppModel } from '../template/app-model.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import type { Cut } from '../trace/weight.ts';
import type { RequestSummary } from './recorded-request.ts';
import type { Recording } from './recorder.ts';
import { rounded } from './rounded.ts';

/** Characters of a name that clients choose. */
const LONGEST_NAME = 60;

export function summaryOf({ number, trace }: Recording, app: AppModel): RequestSummary {
  const { id, door, startedAt, endedAt, status, caller } = trace;
  const madeBy = functionBehind(caller?.identity, app);
  return {
    number,
    id,
    at: new Date(performance.timeOrigin + startedAt).toISOString(),
    door,
    title: titleOf(trace),
    status,
    ms: rounded((endedAt ?? startedAt) - startedAt),
    errors: errorsIn(trace.answer),
    mode: caller?.mode ?? null,
    ...(madeBy !== undefined && { madeBy }),
  };
}

/** What people know a request by. */
export function titleOf({ operation, request, caller }: RequestTrace): string {
  if (operation) {
    const name = operation.name?.slice(0, LONGEST_NAME);
    return [operation.type, name, `{ ${operation.fields.join(' ')} }`].filter(Boolean).join(' ');
  }
  return request ? 'invalid request' : caller ? 'unreadable request' : 'refused credentials';
}

/** Most answers have no errors, and are not parsed. */
function errorsIn(answer: string | Cut | null): number {
  if (typeof answer !== 'string' || !answer.includes('"errors":')) {
    return 0;
  }
  const parsed: unknown = JSON.parse(answer);
  const errors = isRecord(parsed) ? parsed['errors'] : undefined;
  return Array.isArray(errors) ? errors.length : 0;
}

/** The Lambda function of the app whose role's session signed the request. */
function functionBehind(identity: unknown, app: AppModel): string | undefined {
  const userArn = isRecord(identity) ? identity['userArn'] : undefined;
  const session = /:assumed-role\/[^/]+\/(.+)$/.exec(String(userArn))?.[1];
  return app.lambdaFunctions.find(({ functionName }) => functionName === session)?.functionName;
}
