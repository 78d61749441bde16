import { util } from '@aws-appsync/utils';
import { textRefusal } from '../../model/input.ts';
import type { MeasuredText } from '../../model/text.ts';
import { raise } from './raise.ts';

/** Java's expressions take a surrogate pair for one character, so these are the unpaired ones alone. */
const NO_SURROGATES = '^[^\\uD800-\\uDFFF]*$';

export function isWellFormed(text: string): boolean {
  return util.matches(NO_SURROGATES, text);
}

/** URL encoding spends three characters on each byte that is not plain ASCII, which tells the length in UTF-8. */
export function utf8Bytes(text: string): number {
  const encoded = util.urlEncode(text);
  return encoded.length - 2 * (encoded.split('%').length - 1);
}

export function jsonBytes(value: unknown): number {
  return utf8Bytes(JSON.stringify(value));
}

export function measured(text: string): MeasuredText {
  return { text, bytes: utf8Bytes(text), isWellFormed: isWellFormed(text) };
}

/** Ends the field for a text, or a list with one, that cannot reach DynamoDB; takes every other value. */
export function checkTexts(operand: unknown, field: string): void {
  const operands: unknown[] = Array.isArray(operand) ? operand : [operand];
  operands.forEach((value) => {
    if (typeof value === 'string') {
      raise(textRefusal(measured(value), field, field));
    }
  });
}
