import { MAX_NESTING } from '../../model/limits.ts';
import { readDynamoDbItem } from './dynamodb-json.ts';
import { parseJsonLine } from './json-lines.ts';
import type { Parsed } from './row.ts';
import { shown, Unfit } from './unfit.ts';

export interface ParseOptions {
  /** ISO 8601 in UTC with milliseconds, for lines without times. */
  now: string;
  /** Whether payloads of JSON Lines must meet the rules of their kind. */
  validated: boolean;
}

/** V8's message where a value nests so deep, thousands of levels, that walking it takes the whole stack. */
const STACK_EXCEEDED = 'Maximum call stack size exceeded';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a line of either format, so a file may contain both. JSON Lines have a string as `id`; DynamoDB JSON has an `Item`, or
 * a typed `id`, as in the lines that `jq -c '.Items[]'` makes of a scan.
 *
 * @returns null for a blank line
 * @throws Unfit with the problem
 */
export function parseLine(bytes: Uint8Array, { now, validated }: ParseOptions): Parsed | null {
  const text = decode(bytes);
  if (text.trim() === '') {
    return null;
  }
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Unfit(
        `${shown(value)} is not an object; expected one item a line, as JSON Lines or DynamoDB JSON`,
      );
    }
    const { id, Item } = value as { id?: unknown; Item?: unknown };
    if (typeof id === 'object' && id !== null) {
      return readDynamoDbItem(value, '', now);
    }
    if (Object.hasOwn(value, 'id')) {
      return parseJsonLine(text, now, validated);
    }
    if (Object.hasOwn(value, 'Item')) {
      return readDynamoDbItem(Item, '/Item', now);
    }
    throw new Unfit(otherThing(value));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new Unfit(`is not JSON: ${error.message}`);
    }
    if (error instanceof RangeError && error.message === STACK_EXCEEDED) {
      throw new Unfit(`more than ${MAX_NESTING} lists and maps inside each other, which is DynamoDB's limit`);
    }
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Unfit('is not UTF-8');
  }
}

const otherThing = (value: object): string =>
  Object.hasOwn(value, 'Keys')
    ? 'is of an incremental export, which holds changes and not items; import a full export'
    : `has neither "id" (JSON Lines) nor "Item" (DynamoDB JSON); it has ${shown(Object.keys(value))}`;
