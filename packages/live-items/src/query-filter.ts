import { pathRefusal, stepsOf } from '../../../model/payload-path.ts';
import { valuesAt } from '../../../model/query/places.ts';
import { type Candidate, type Filter, FilterRefused, predicate } from '../../../model/query/predicate.ts';
import { ApiError } from './api-error.ts';
import type { ItemFilter } from './item-inputs.ts';
import type { Item } from './item.ts';

/** Payloads are parsed once. */
const candidates = new WeakMap<Item, Candidate>();

/** The item with its payload as a value. */
export function candidateOf(item: Item): Candidate {
  let candidate = candidates.get(item);
  if (!candidate) {
    candidate = { ...item, payload: JSON.parse(item.payload ?? 'null') as unknown };
    candidates.set(item, candidate);
  }
  return candidate;
}

/**
 * Whether an item matches a filter, as the API decides it.
 *
 * @throws ApiError for a filter that the API would refuse
 */
export function itemPredicate(filter: ItemFilter): (item: Item) => boolean {
  const matches = refusing(() => predicate(withValues(filter)));
  return (item) => matches(candidateOf(item));
}

/**
 * Reads a value in a payload; undefined where there is none.
 *
 * @throws ApiError for a path that the API would refuse
 */
export function valueAt(path: string): (payload: unknown) => unknown {
  const refusal = pathRefusal(path);
  if (refusal) {
    throw new ApiError(refusal.message, 'none');
  }
  const steps = stepsOf(path);
  return (payload) => valuesAt(payload, steps).find((value) => value !== undefined);
}

/** The filter with the operands of payloads as values: they are JSON text, as AWSJSON is. */
function withValues(filter: ItemFilter): Filter {
  const inside = (filters: ItemFilter[] | null | undefined): Filter[] | null | undefined =>
    filters?.map(withValues);
  return {
    ...filter,
    payload: filter.payload?.map(({ path, ...operators }) => ({
      path,
      ...Object.fromEntries(
        Object.entries(operators).map(([name, operand]) => [name, operandValue(name, operand)]),
      ),
    })),
    and: inside(filter.and),
    or: inside(filter.or),
    not: filter.not && withValues(filter.not),
  };
}

function operandValue(operator: string, operand: unknown): unknown {
  if (Array.isArray(operand)) {
    return operand.map((one) => operandValue(operator, one));
  }
  if (typeof operand !== 'string') {
    return operand;
  }
  try {
    return JSON.parse(operand) as unknown;
  } catch {
    throw new FilterRefused(
      `filter.payload.${operator} must be JSON text, not ${operand}: a text has quotes of its own`,
    );
  }
}

function refusing<Result>(make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    throw error instanceof FilterRefused ? new ApiError(error.message, 'none') : error;
  }
}
