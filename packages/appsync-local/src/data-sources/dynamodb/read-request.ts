import { notFound, unsupported, wrongType } from './request-problem.ts';
import { mapToWire, toWire, type WireMap } from './typed-values.ts';

/** A JSON object of a request. A null member counts as absent, as in the helpers' types (docs/facts/utils.md#ddb-helpers). */
export type Members = Record<string, unknown>;

/** @throws RequestProblem when it is absent or not an object */
export function readObject(value: unknown, path: string): Members {
  if (value === undefined || value === null) {
    throw notFound(path);
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw wrongType(path, 'an object', value);
  }
  return value as Members;
}

/** @throws RequestProblem that names the first unknown member */
export function checkMembers(members: Members, known: ReadonlySet<string>, path: string): void {
  for (const name of Object.keys(members)) {
    if (!known.has(name)) {
      throw unsupported(`${path}[${name}]`);
    }
  }
}

export function readList(value: unknown, path: string): unknown[] {
  if (value === undefined || value === null) {
    throw notFound(path);
  }
  if (!Array.isArray(value)) {
    throw wrongType(path, 'an array', value);
  }
  return value;
}

/** `{id: {S: "1"}}` in DynamoDB's wire format. @throws RequestProblem that names the first member without a typed value */
export function readTypedMap(value: unknown, path: string): WireMap {
  return mapToWire(value) ?? explainTypedMap(value, path);
}

export function readOptionalTypedMap(value: unknown, path: string): WireMap | undefined {
  return value === undefined || value === null ? undefined : readTypedMap(value, path);
}

function explainTypedMap(value: unknown, path: string): never {
  const members = readObject(value, path);
  const name = Object.keys(members).find((member) => toWire(members[member]) === undefined);
  const typed = 'a typed value with exactly one of S, N, B, BOOL, NULL, SS, NS, BS, L, M';
  throw wrongType(`${path}[${name}]`, typed, members[name ?? '']);
}

export function readString(value: unknown, path: string): string {
  if (value === undefined || value === null) {
    throw notFound(path);
  }
  if (typeof value !== 'string') {
    throw wrongType(path, 'a string', value);
  }
  return value;
}

export function readOptionalString(value: unknown, path: string): string | undefined {
  return value === undefined || value === null ? undefined : readString(value, path);
}

export function readOptionalBoolean(value: unknown, path: string): boolean | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'boolean') {
    throw wrongType(path, 'a boolean', value);
  }
  return value;
}

export function readOptionalInteger(value: unknown, path: string): number | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw wrongType(path, 'an integer', value);
  }
  return value;
}
