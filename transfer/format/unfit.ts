import { unpairedIn } from '../../model/input.ts';
import { escapeToken, placeOf } from '../../model/text.ts';

/** A line of a file that cannot become an item. The message gives the place in the line, the value seen and the valid ones. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** A value in a form for messages: at most 60 characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** Extends a JSON Pointer (RFC 6901) by one step. */
export const below = (pointer: string, name: string | number): string =>
  `${pointer}/${escapeToken(String(name))}`;

/** Node.js has it from version 20 on, TypeScript's library of ES2023 does not. */
const isWellFormed = (text: string): boolean => (text as string & { isWellFormed(): boolean }).isWellFormed();

/** @throws Unfit for text that UTF-8 cannot encode: DynamoDB would store a different one */
export function wellFormed(text: string, pointer: string): string {
  if (!isWellFormed(text)) {
    throw new Unfit(`${placeOf(pointer)}: ${unpairedIn(shown(text))}`);
  }
  return text;
}
