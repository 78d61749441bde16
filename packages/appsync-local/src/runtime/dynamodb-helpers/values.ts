import { isRecord } from '../../ground/record.ts';
import { map, members } from '../helper-arguments.ts';
import { toDynamoDB } from '../util/typed-values.ts';
import type { TypedValue } from '../util/typed-values.ts';

const SETS = ['SS', 'NS', 'BS'];

/** Recognizes the results of `toStringSet`, `toNumberSet` and `toBinarySet`: one member, a list under the set's type. */
export function isSet(value: unknown): value is TypedValue {
  if (!isRecord(value)) {
    return false;
  }
  const names = Object.keys(value);
  return names.length === 1 && SETS.includes(names[0] as string) && Array.isArray(value[names[0] as string]);
}

/** Converts to a typed value; the module's own sets stay sets at any depth. */
export function typed(value: unknown): TypedValue {
  if (isSet(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return { L: value.map(typed) };
  }
  return isRecord(value) ? { M: typedMembers(value) } : toDynamoDB(value);
}

const typedMembers = (value: Record<string, unknown>): Record<string, TypedValue> =>
  Object.fromEntries(members(value).map(([name, member]) => [name, typed(member)]));

/** A key or an item. @throws HelperFailure unless `value` is an object; `what` names it */
export const typedMap = (value: unknown, what: string): Record<string, TypedValue> =>
  typedMembers(map(value, what));

/** Options that are null or undefined are left out of a request, as AppSync's helpers do. */
export const withOptions = (
  request: Record<string, unknown>,
  options: Record<string, unknown>,
): Record<string, unknown> => ({
  ...request,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== null)),
});
