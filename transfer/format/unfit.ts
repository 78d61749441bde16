import { unpairedIn } from '../../model/input.ts';
import { isWellFormed } from '../../model/kinds/text.ts';
import { escapeToken, placeOf } from '../../model/text.ts';

/** A line of a file that cannot become an item. The message says where in the line, what was seen and what may be there. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** A value as a message shows it: at most 60 characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

/** A JSON Pointer (RFC 6901) one step further. */
export const below = (pointer: string, name: string | number): string =>
  `${pointer}/${escapeToken(String(name))}`;

/** @throws Unfit for text that UTF-8 has no bytes for: DynamoDB would get another one */
export function wellFormed(text: string, pointer: string): string {
  if (!isWellFormed(text)) {
    throw new Unfit(`${placeOf(pointer)}: ${unpairedIn(shown(text))}`);
  }
  return text;
}
