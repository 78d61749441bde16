import { checkMembers, readObject, readOptionalTypedMap, readString, type Members } from './read-request.ts';
import { wrongType } from './request-problem.ts';
import type { WireMap, WireValue } from './typed-values.ts';

/** One expression of a request with the aliases it uses: `query`, `filter`, `update`, `condition` or `projection`. */
export interface Expression {
  text: string;
  names: Record<string, string>;
  values: WireMap;
}

const MEMBERS = new Set(['expression', 'expressionNames', 'expressionValues']);
const PROJECTION_MEMBERS = new Set(['expression', 'expressionNames']);

/** @throws RequestProblem when it is absent or has unknown members */
export function readExpression(value: unknown, path: string, known = MEMBERS): Expression {
  const members = readObject(value, path);
  checkMembers(members, known, path);
  return expressionOf(members, path);
}

export function readOptionalExpression(value: unknown, path: string): Expression | undefined {
  return value === undefined || value === null ? undefined : readExpression(value, path);
}

export function readOptionalProjection(value: unknown, path: string): Expression | undefined {
  return value === undefined || value === null ? undefined : readExpression(value, path, PROJECTION_MEMBERS);
}

/** Reads the expression in an object with further members, which the caller checks. */
export function expressionOf(members: Members, path: string): Expression {
  return {
    text: readString(members.expression, `${path}[expression]`),
    names: readNames(members.expressionNames, `${path}[expressionNames]`),
    values: readOptionalTypedMap(members.expressionValues, `${path}[expressionValues]`) ?? NONE,
  };
}

const NONE: Record<string, never> = Object.freeze({});

function readNames(value: unknown, path: string): Record<string, string> {
  if (value === undefined || value === null) {
    return NONE;
  }
  const names = readObject(value, path);
  for (const alias of Object.keys(names)) {
    if (typeof names[alias] !== 'string') {
      throw wrongType(`${path}[${alias}]`, 'a string', names[alias]);
    }
  }
  return names as Record<string, string>;
}

/**
 * Merges the aliases of several expressions into one set, as DynamoDB takes them. The helper modules number each expression's
 * aliases from 1, so two may use `#expName_1` for different names; the later one is then renamed
 * (docs/facts/dynamodb.md#mapping).
 */
export class Aliases {
  private names: Record<string, string> = NONE;
  private values: WireMap = NONE;

  /** @returns the text, in which aliases that were taken are renamed */
  add({ text, names, values }: Expression): string {
    const renamed = new Map<string, string>();
    this.names = merge(this.names, names, renamed, (a, b) => a === b);
    this.values = merge(this.values, values, renamed, () => false);
    return renamed.size === 0 ? text : text.replace(/[#:]\w+/g, (alias) => renamed.get(alias) ?? alias);
  }

  /** The two parameters. An empty map is undefined, and so absent from the JSON: DynamoDB would refuse it. */
  parameters(): {
    ExpressionAttributeNames: Record<string, string> | undefined;
    ExpressionAttributeValues: WireMap | undefined;
  } {
    return {
      ExpressionAttributeNames: hasMembers(this.names) ? this.names : undefined,
      ExpressionAttributeValues: hasMembers(this.values) ? this.values : undefined,
    };
  }
}

function hasMembers(map: object): boolean {
  for (const name in map) {
    if (Object.hasOwn(map, name)) {
      return true;
    }
  }
  return false;
}

function merge<T extends string | WireValue>(
  merged: Record<string, T>,
  added: Record<string, T>,
  renamed: Map<string, string>,
  same: (a: T, b: T) => boolean,
): Record<string, T> {
  if (!hasMembers(added)) {
    return merged;
  }
  if (!hasMembers(merged)) {
    return added;
  }
  // A spread followed by further members would create a new object shape in V8 each time.
  const both = Object.assign({}, merged);
  for (const alias of Object.keys(added)) {
    const meaning = added[alias]!;
    const taken = merged[alias];
    if (taken === undefined || same(taken, meaning)) {
      both[alias] = meaning;
    } else {
      both[freeAlias(alias, both, added, renamed)] = meaning;
    }
  }
  return both;
}

function freeAlias(alias: string, both: object, added: object, renamed: Map<string, string>): string {
  let free = alias;
  for (let n = 2; free in both || free in added; n += 1) {
    free = `${alias}_${n}`;
  }
  renamed.set(alias, free);
  return free;
}
