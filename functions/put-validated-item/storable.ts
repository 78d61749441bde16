import { MAX_NESTING, NUMBER_BOUND, SMALLEST_NUMBER } from './limits.ts';
import { escapeToken } from './pointer.ts';

function numberObstacle(value: number, pointer: string): string | null {
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= SMALLEST_NUMBER && magnitude < NUMBER_BOUND)) return null;
  return `number ${value} at ${pointer || 'the root'} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125`;
}

/**
 * Why DynamoDB cannot keep a payload as native types, as a sentence for people; null when it can. `depth` counts the
 * lists and maps around the value.
 */
export function obstacle(value: unknown, pointer = '', depth = 0): string | null {
  if (typeof value === 'number') return numberObstacle(value, pointer);
  if (typeof value !== 'object' || value === null) return null;
  if (depth === MAX_NESTING) {
    return `payload nests more than ${MAX_NESTING} lists and maps, which is DynamoDB's limit: flatten ${pointer}`;
  }
  for (const [name, member] of Object.entries(value)) {
    if (name === '')
      return `the member at ${pointer || 'the root'} whose name is empty cannot be stored: DynamoDB wants names`;
    const found = obstacle(member, `${pointer}/${escapeToken(name)}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}
