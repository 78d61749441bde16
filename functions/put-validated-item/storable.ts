import { MAX_NESTING } from '../../model/limits.ts';
import { LARGEST_NUMBER, SMALLEST_NUMBER } from './limits.ts';
import { escapeToken } from './pointer.ts';
import { hasUnpairedSurrogate } from './text.ts';

/** Why a payload cannot be kept as it is. */
export interface Obstacle {
  /** A sentence for people. */
  message: string;
  /** JSON Pointer to the value at fault. */
  path: string;
}

function numberObstacle(value: number, path: string): Obstacle | null {
  const magnitude = Math.abs(value);
  const what = `number ${value} at ${path || 'the root'}`;
  if (magnitude > LARGEST_NUMBER) {
    return {
      message: `${what} may have lost digits: whole numbers are exact up to ${LARGEST_NUMBER}; send it as a string, or write it with an import or SDK`,
      path,
    };
  }
  if (magnitude === 0 || magnitude >= SMALLEST_NUMBER) {
    return null;
  }
  return {
    message: `${what} is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`,
    path,
  };
}

function textObstacle(text: string, path: string): Obstacle | null {
  if (!hasUnpairedSurrogate(text)) {
    return null;
  }
  return {
    message: `the text at ${path || 'the root'} holds an unpaired surrogate, which DynamoDB cannot store`,
    path,
  };
}

/** `path` leads to the map that has the member. */
function nameObstacle(name: string, path: string): Obstacle | null {
  const what = `the member at ${path || 'the root'} whose name`;
  if (name === '') {
    return { message: `${what} is empty cannot be stored: DynamoDB wants names`, path };
  }
  return hasUnpairedSurrogate(name)
    ? { message: `${what} holds an unpaired surrogate cannot be stored`, path }
    : null;
}

/** Why a payload cannot be kept as native types; null when it can. `depth` counts the lists and maps around the value. */
export function obstacle(value: unknown, pointer = '', depth = 0): Obstacle | null {
  if (typeof value === 'number') {
    return numberObstacle(value, pointer);
  }
  if (typeof value === 'string') {
    return textObstacle(value, pointer);
  }
  if (typeof value !== 'object' || value === null) {
    return null;
  }
  if (depth === MAX_NESTING) {
    return {
      message: `payload nests more than ${MAX_NESTING} lists and maps, which is DynamoDB's limit: flatten ${pointer}`,
      path: pointer,
    };
  }
  for (const [name, member] of Object.entries(value)) {
    const found =
      nameObstacle(name, pointer) ?? obstacle(member, `${pointer}/${escapeToken(name)}`, depth + 1);
    if (found !== null) {
      return found;
    }
  }
  return null;
}
