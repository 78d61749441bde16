import { util } from '@aws-appsync/utils';
import type { Caller } from '../../model/caller.ts';
import { isPast } from '../../model/expiry.ts';
import { isGiven } from '../../model/given.ts';
import { tokenRefusal } from '../../model/input.ts';
import type { StoredItem } from '../../model/item.ts';
import { clientValues } from '../../model/next-item.ts';
import { badRequest } from '../../model/refusals.ts';
import { REMEMBERED_SECONDS, requestKey, unused } from '../../model/request-tokens.ts';
import type { PutItemInput } from '../../schema/generated/schema.ts';
import { transactCondition } from './expression.ts';
import { raise } from './raise.ts';
import { measured, utf8Bytes } from './text.ts';

/** A `clientRequestToken` and what it stands for. */
export type RequestToken = {
  /** Key of its row in the constraints table. */
  pk: string;
  /** The items of the input as JSON. */
  input: string;
};

/** What the row keeps of each item written, besides what the input says. */
type Written = { version: number; createdAt: string; owner?: string };

/** The row: `input`, what was written, and until when it counts, in epoch seconds. */
export type TokenRow = {
  pk: string;
  input: string;
  written: Written[];
  updatedAt: string;
  expiresAt: number;
};

/** Null for an absent token. A token belongs to its caller and its field. */
export function requestToken(
  token: string | null | undefined,
  field: string,
  caller: Caller,
  items: PutItemInput[],
): RequestToken | null {
  if (!isGiven(token)) {
    return null;
  }
  const input = JSON.stringify(items);
  raise(tokenRefusal(measured(token), utf8Bytes(input)));
  return { pk: requestKey(field, caller, token), input };
}

/** What the first request with this token wrote; null when there was none within the time. Ends the field for another input. */
export function writtenBefore(
  row: TokenRow | null | undefined,
  token: RequestToken,
  items: PutItemInput[],
): StoredItem[] | null {
  if (!row || isPast(row.expiresAt, util.time.nowEpochSeconds())) {
    return null;
  }
  if (row.input !== token.input) {
    raise(
      badRequest(
        'request_token_reused',
        'clientRequestToken was used with another input in the last 10 minutes; choose a new one',
        'clientRequestToken',
      ),
    );
  }
  return items.map((item, index) => ({
    id: item.id,
    ...clientValues(item),
    ...(row.written[index] as Written),
    updatedAt: row.updatedAt,
  }));
}

/** The action that writes the row, on the condition that nobody has used the token meanwhile. */
export function rememberToken(table: string, token: RequestToken, written: StoredItem[]) {
  const now = util.time.nowEpochSeconds();
  return {
    table,
    operation: 'PutItem' as const,
    key: util.dynamodb.toMapValues({ pk: token.pk }),
    attributeValues: util.dynamodb.toMapValues({
      input: token.input,
      written: written.map(({ version, createdAt, owner }) =>
        owner ? { version, createdAt, owner } : { version, createdAt },
      ),
      updatedAt: (written[0] as StoredItem).updatedAt,
      expiresAt: now + REMEMBERED_SECONDS,
    }),
    condition: transactCondition(unused(now), false),
  };
}
