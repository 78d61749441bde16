import type { HelperTree } from '../helper.ts';
import { Interruption } from '../interruption.ts';
import type { RaisedError } from '../runtime.types.ts';
import { currentRun, type Session } from '../session.ts';

/** `util.error`, `util.appendError`, `util.unauthorized` (developer guide, "Built-in utilities"). */
export const errors = (session: Session): HelperTree => ({
  error: (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown) => {
    throw new Interruption({ kind: 'raised', error: raised(message, errorType, data, errorInfo) });
  },
  appendError: (message: unknown, errorType?: unknown, data?: unknown, errorInfo?: unknown) => {
    currentRun(session, 'util.appendError').append(raised(message, errorType, data, errorInfo));
  },
  unauthorized: () => {
    throw new Interruption({
      kind: 'raised',
      error: { ...raised('Unauthorized', 'Unauthorized', null, null), unauthorized: true },
    });
  },
});

const raised = (message: unknown, errorType: unknown, data: unknown, errorInfo: unknown): RaisedError => ({
  message: asText(message) ?? 'null',
  errorType: asText(errorType),
  data: data ?? null,
  errorInfo: errorInfo ?? null,
});

function asText(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
