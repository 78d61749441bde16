import { type Caller, callerKey } from './caller.ts';
import type { Expression } from './expression.ts';

/** How long a request token is remembered: as long as DynamoDB's own (API reference, TransactWriteItems, ClientRequestToken). */
export const REMEMBERED_SECONDS = 600;

/** Key of the row of a request token, which belongs to its caller and its field. */
export function requestKey(field: string, caller: Caller, token: string): string {
  return `request#${field}#${callerKey(caller)}#${token}`;
}

/** That a key of the constraints table is free, or its row has expired. @param now in the form of the row's values */
export function unused(now: unknown): Expression {
  return {
    expression: 'attribute_not_exists(#pk) OR #expiresAt <= :now',
    names: { '#pk': 'pk', '#expiresAt': 'expiresAt' },
    values: { ':now': now },
  };
}
