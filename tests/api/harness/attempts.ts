import type { Credentials, Document } from '../../../packages/appsync-local/tests/harness/target.ts';
import {
  DeleteItemDocument,
  PutItemDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../../schema/generated/operations.ts';
import { graphql, newId, newName, subscribe, succeed } from './api.ts';
import { product } from './product.ts';

/** One caller before one item. */
export interface Meeting {
  id: string;
  /** A word of the item's payload, which only those who may see the item may hear. */
  secret: string;
  /** Who made the item. */
  maker: Credentials;
  /** Who tries to reach it. */
  caller: Credentials;
  /** A maker of items that the caller lists: what it writes after the item shows that nothing is still under way. */
  witness: Credentials;
  /** The item has expired, so its maker does not see it either. Default: it has not. */
  isExpired?: boolean;
}

/** What came of an attempt. */
export interface Heard {
  /** The attempt has shown the item's secret, or done what it was to do. */
  reached: boolean;
  errorTypes: string[];
  /** All that the caller was told, data and errors. */
  text: string;
}

export type Attempt = (meeting: Meeting) => Promise<Heard>;

// part: validated-items
export const validatedPayload = (secret: string): string => JSON.stringify(product({ name: secret }));

export async function makeValidated(maker: Credentials, expiresAt: number | null = null): Promise<Made> {
  const [id, secret] = [newId(), newName('secret')];
  const input = { id, kind: 'product', payload: validatedPayload(secret), expiresAt };
  await succeed(PutValidatedItemDocument, { input }, maker);
  return { id, secret };
}
// end: validated-items

/** An item with a new secret. */
export type Made = Pick<Meeting, 'id' | 'secret'>;

/** @param expiresAt epoch seconds; null: it stays */
export async function makeItem(maker: Credentials, expiresAt: number | null = null): Promise<Made> {
  const [id, secret] = [newId(), newName('secret')];
  await succeed(PutItemDocument, { input: { id, payload: JSON.stringify({ secret }), expiresAt } }, maker);
  return { id, secret };
}

/** Sends an operation on the item. A reading operation reaches the item by showing its secret, a writing one by having no error. */
export function operation<Variables>(
  does: 'read' | 'write',
  document: Document<unknown, Variables>,
  variables: (meeting: Meeting) => Variables,
): Attempt {
  return async (meeting) => {
    const result = await graphql(document, variables(meeting), meeting.caller);
    const text = JSON.stringify(result);
    const errorTypes = (result.errors ?? []).map(({ errorType }) => errorType ?? '');
    const reached = does === 'read' ? text.includes(meeting.secret) : errorTypes.length === 0;
    return { reached, errorTypes, text };
  };
}

export const reading = operation.bind(null, 'read') as <Variables>(
  document: Document<unknown, Variables>,
  variables: (meeting: Meeting) => Variables,
) => Attempt;

export const writing = operation.bind(null, 'write') as typeof reading;

/** Asks whether something holds of the item, and reaches it where the answer is true. */
export function asking<Variables>(
  document: Document<Record<string, boolean>, Variables>,
  variables: (meeting: Meeting) => Variables,
): Attempt {
  return async (meeting) => {
    const heard = await writing(document, variables)(meeting);
    return { ...heard, reached: /:true\b/.test(heard.text) };
  };
}

/** Puts, updates and deletes an item. */
async function writeEveryWay(id: string, word: string, credentials: Credentials): Promise<void> {
  const input = { id, payload: JSON.stringify({ word }) };
  await succeed(PutItemDocument, { input }, credentials);
  await succeed(UpdateItemDocument, { input }, credentials);
  await succeed(DeleteItemDocument, { input: { id } }, credentials);
}

/** Subscribes to an item; the subscriber reaches the item by hearing its secret before the witness's word. */
export function hearing<Variables>(
  document: Document<unknown, Variables>,
  variables: (meeting: Meeting) => Variables,
): Attempt {
  return async (meeting) => {
    const { id, secret, maker, caller, witness } = meeting;
    const opened = await subscribe(document, variables(meeting), caller).catch((error: Error) => error);
    if (opened instanceof Error) {
      return { reached: false, errorTypes: errorTypesIn(opened.message), text: opened.message };
    }
    await writeEveryWay(id, secret, maker);
    await writeEveryWay(id, 'witness', witness);
    const text = JSON.stringify(await opened.next());
    opened.close();
    return { reached: text.includes(secret), errorTypes: [], text };
  };
}

/** Of the frame that refuses a subscription. @throws Error with the message where it is none */
function errorTypesIn(message: string): string[] {
  const [, ...types] = message.split('"errorType":"');
  if (types.length === 0) {
    throw new Error(message);
  }
  return types.map((rest) => rest.slice(0, rest.indexOf('"')));
}
