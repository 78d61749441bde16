import type { Expression } from '../../model/expression.ts';
import { MAX_NESTING } from '../../model/limits.ts';
import type { Refusal } from '../../model/refusals.ts';
import {
  brokenText,
  type Obstacle,
  obstacleIn,
  unstorableOperand,
  payloadRefusal,
  textsIn,
} from '../../model/storable.ts';
import type { PlacedText } from '../../model/text.ts';
import { raise } from './raise.ts';
import { isWellFormed } from './text.ts';

/** Why a payload must not be written: DynamoDB would not take it, or would keep a number as another one. Null when it can be kept. */
export function storableRefusal(payload: unknown): Refusal | null {
  return payloadRefusal(obstacle(payload));
}

/**
 * Ends the field for a filter with an operand that DynamoDB would not take, or would compare as another number than the client
 * sent.
 */
export function checkOperands({ values }: Expression): void {
  Object.values(values).forEach((operand) => raise(unstorableOperand(obstacle(operand))));
}

function obstacle(value: unknown): Obstacle | null {
  return obstacleIn(value, MAX_NESTING) || brokenIn(value);
}

/** One look at the JSON spares nearly every value a look at each text. JSON may have an unpaired surrogate as an escape. */
function brokenIn(value: unknown): Obstacle | null {
  const json = JSON.stringify(value ?? null);
  if (json.indexOf('\\u') < 0 && isWellFormed(json)) {
    return null;
  }
  let broken: PlacedText[] = [];
  textsIn(value, MAX_NESTING).some((texts) => {
    broken = texts.filter(({ text }) => !isWellFormed(text));
    return broken.length > 0;
  });
  const [first] = broken;
  return first ? brokenText(first) : null;
}
