import { util } from '@aws-appsync/utils';
import { raise, refusal, type Refusal } from './refusal.ts';

/** Java's expressions take a surrogate pair for one character, so these are the unpaired ones alone. */
const NO_SURROGATES = '^[^\\uD800-\\uDFFF]*$';

/** False for text with an unpaired surrogate: UTF-8 has no bytes for it, so DynamoDB cannot store it. */
export function isWellFormed(text: string): boolean {
  return util.matches(NO_SURROGATES, text);
}

/**
 * Why a text cannot reach DynamoDB; null when it can.
 *
 * @param name what the message calls the text
 * @param field the argument or input member that holds it
 */
export function textRefusal(text: string, name: string, field: string): Refusal | null {
  return isWellFormed(text) ? null : refusal('BadRequest', unpairedIn(name), { field });
}

export const unpairedIn = (name: string): string =>
  `${name} holds an unpaired surrogate, which DynamoDB cannot store`;

/** Ends the field for a text, or a list with one, that cannot reach DynamoDB; takes every other value. */
export function checkTexts(operand: unknown, field: string): void {
  const operands: unknown[] = Array.isArray(operand) ? operand : [operand];
  operands.forEach((value) => {
    if (typeof value === 'string') {
      raise(textRefusal(value, field, field));
    }
  });
}
