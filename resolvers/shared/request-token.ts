import { util } from '@aws-appsync/utils';
import type { PutItemInput } from '../../schema/generated/schema.ts';
import type { Caller } from './caller.ts';
import { badRequest, isGiven, utf8Bytes } from './input.ts';
import { callerKey } from './readable-filter.ts';
import { raise } from './refusal.ts';
import type { StoredItem } from './stored-item.ts';
import { textRefusal } from './well-formed.ts';

/** How long a token is remembered: as long as DynamoDB's own (API reference, TransactWriteItems, ClientRequestToken). */
const REMEMBERED_SECONDS = 600;
const MAX_TOKEN_CHARACTERS = 128;
/** The row of a token keeps the input, to tell another one from it, and is an item of at most 400 KB. */
const MAX_INPUT_BYTES = 350_000;

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
  if (token.trim() === '' || token.length > MAX_TOKEN_CHARACTERS) {
    badRequest(
      `clientRequestToken has ${token.length} characters; it must have 1 to ${MAX_TOKEN_CHARACTERS} and not be blank`,
      'clientRequestToken',
    );
  }
  raise(textRefusal(token, 'clientRequestToken', 'clientRequestToken'));
  const input = JSON.stringify(items);
  const bytes = utf8Bytes(input);
  if (bytes > MAX_INPUT_BYTES) {
    badRequest(
      `with a clientRequestToken the items may take ${MAX_INPUT_BYTES} bytes of JSON, these take ${bytes}; send fewer at a time`,
      'clientRequestToken',
    );
  }
  return { pk: `request#${field}#${callerKey(caller)}#${token}`, input };
}

/** What the first request with this token wrote; null when there was none within the time. Ends the field for another input. */
export function writtenBefore(
  row: TokenRow | null | undefined,
  token: RequestToken,
  items: PutItemInput[],
): StoredItem[] | null {
  if (!row || row.expiresAt <= util.time.nowEpochSeconds()) {
    return null;
  }
  if (row.input !== token.input) {
    badRequest(
      'clientRequestToken was used with another input in the last 10 minutes; choose a new one',
      'clientRequestToken',
    );
  }
  return items.map((item, index) => {
    const { version, createdAt, owner } = row.written[index] as Written;
    const written: StoredItem = {
      id: item.id,
      payload: item.payload ?? null,
      version,
      createdAt,
      updatedAt: row.updatedAt,
    };
    if (isGiven(item.expiresAt)) {
      written.expiresAt = item.expiresAt;
    }
    if (owner) {
      written.owner = owner;
    }
    return written;
  });
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
    condition: {
      expression: 'attribute_not_exists(#pk) OR #expiresAt <= :now',
      expressionNames: { '#pk': 'pk', '#expiresAt': 'expiresAt' },
      expressionValues: util.dynamodb.toMapValues({ ':now': now }),
      returnValuesOnConditionCheckFailure: false,
    },
  };
}
