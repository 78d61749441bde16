import { readFileSync } from 'node:fs';
import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';

/** A parsed JSON object with unknown members. */
export type JsonObject = Record<string, unknown>;

/** The members of an object that are objects themselves. */
export function objectsOf(value: unknown): Record<string, JsonObject> {
  const members = Object.entries(isRecord(value) ? value : {});
  return Object.fromEntries(members.filter((member): member is [string, JsonObject] => isRecord(member[1])));
}

/** The longest text of a template shown in a message, in characters. */
const LONGEST_SHOWN = 200;

/** A value in a form for one-line messages. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** `'A', 'B'`, or `none`: the existing names, for a message about one that was not found. */
export const quoted = (names: Iterable<string>): string =>
  [...names].map((name) => `'${name}'`).join(', ') || 'none';

/**
 * Loads a file that must contain a JSON object.
 * @throws StartFailure when it cannot be read or is not a JSON object.
 */
export function loadJsonObject(path: string): JsonObject {
  const value = parse(path, loadText(path));
  if (!isRecord(value)) {
    throw new StartFailure(`${path} must hold a JSON object; it holds ${shown(value)}`);
  }
  return value;
}

/** @throws StartFailure when the file cannot be read. */
export function loadText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      code === 'ENOENT' ? `${path} does not exist; run cdk synth again` : `cannot read ${path}: ${code}`,
    );
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new StartFailure(`${path} is not valid JSON: ${reason}`);
  }
}
