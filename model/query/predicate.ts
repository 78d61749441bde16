import {
  askedOperators,
  givenOperators,
  type MemberPlace,
  type Operator,
  operandRefusal,
} from '../filter.ts';
import { isNegative } from '../filter.ts';
import { filterMembers, MEMBERS } from '../item.ts';
import { pathRefusal, stepsOf } from '../payload-path.ts';
import type { Refusal } from '../refusals.ts';
import { holds } from './holds.ts';
import { boundMs } from './moment.ts';
import { valuesAt } from './places.ts';

/** An item as the API answers it, with its payload parsed: a member that it has not is null. */
export type Candidate = { [name: string]: unknown };

export type Predicate = (item: Candidate) => boolean;

/** `ItemFilterInput`, its JSON operands parsed, and conditions on the id. */
export type Filter = { [member: string]: unknown };

/** A filter that the API would refuse. */
export class FilterRefused extends Error {}

/** Members by how a filter asks for them. The API asks for an id by `getItems`, not in a filter. */
const PLACES: [name: string, place: MemberPlace][] = [
  ['id', 'text'],
  ...filterMembers().map((name): [string, MemberPlace] => [name, MEMBERS[name].filter]),
];
const GROUPS = ['and', 'or', 'not'];

/**
 * What `ItemFilterInput` means for an item at hand: what DynamoDB makes of the expression that `listItems` builds from it.
 *
 * @throws FilterRefused for a filter that the API would refuse
 */
export function predicate(filter: Filter): Predicate {
  return all(partsOf(filter));
}

function partsOf(filter: Filter): Predicate[] {
  const known = [...PLACES.map(([name]) => name), ...GROUPS];
  const unknown = Object.keys(filter).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new FilterRefused(`filter has ${unknown}; it may have ${known.join(', ')}`);
  }
  const { and, or, not } = filter;
  return [
    ...PLACES.flatMap(([name, place]) => memberParts(name, place, filter[name])),
    ...(and == null ? [] : [all(inner(and as Filter[], 'and'))]),
    ...(or == null ? [] : [any(inner(or as Filter[], 'or'))]),
    ...(not == null ? [] : [negated(nested(not as Filter))]),
  ];
}

const all =
  (parts: Predicate[]): Predicate =>
  (item) =>
    parts.every((part) => part(item));
const any =
  (parts: Predicate[]): Predicate =>
  (item) =>
    parts.some((part) => part(item));
const negated =
  (part: Predicate): Predicate =>
  (item) =>
    !part(item);

function inner(filters: Filter[], name: string): Predicate[] {
  if (filters.length === 0) {
    throw new FilterRefused(`${name} is an empty list; give it a filter or leave it out`);
  }
  return filters.map(nested);
}

function nested(filter: Filter): Predicate {
  const parts = partsOf(filter);
  if (parts.length === 0) {
    throw new FilterRefused('a filter inside and, or, not is empty; give it a condition or leave it out');
  }
  return all(parts);
}

function memberParts(name: string, place: MemberPlace, asked: unknown): Predicate[] {
  if (asked == null) {
    return [];
  }
  switch (place) {
    case 'payload':
      return (asked as Record<string, unknown>[]).flatMap(payloadParts);
    case 'time':
      return timeParts(name, asked as Record<string, unknown>);
    case 'text':
    case 'texts':
    case 'int':
    case 'flag':
      return operatorParts(name, asked as Record<string, unknown>);
  }
}

function operatorParts(name: string, operators: Record<string, unknown>): Predicate[] {
  return givenOperators(operators).map((operator) => {
    const operand = operators[operator];
    check(operandRefusal(operator, operand, `filter.${name}.${operator}`));
    return (item) => holds(operator, item[name] ?? undefined, operand);
  });
}

/** Stored times are whole milliseconds: `ge` and `lt` of a finer bound begin with the next one. */
function timeParts(name: string, range: Record<string, unknown>): Predicate[] {
  return givenOperators(range).map((operator) => {
    const bound = boundMs(String(range[operator]), operator === 'ge' || operator === 'lt');
    if (bound === null) {
      throw new FilterRefused(`filter.${name}.${operator} must be a time such as 2026-01-01T00:00:00Z`);
    }
    return (item) => holds(operator, Date.parse(String(item[name])), bound);
  });
}

function payloadParts({ path, ...operators }: Record<string, unknown>): Predicate[] {
  check(pathRefusal(path as string));
  const steps = stepsOf(path as string);
  if (Object.keys(operators).length === 0) {
    throw new FilterRefused(`the condition on ${String(path)} has no operator`);
  }
  return askedOperators(operators).map((operator) => {
    const operand = operators[operator];
    check(operandRefusal(operator, operand, `filter.payload.${operator}`));
    return ({ payload }) => holdsAt(valuesAt(payload, steps), operator, operand);
  });
}

/** Of the places that a path may lead to there is at most one: a negative operator must hold at all, others at any. */
function holdsAt(values: unknown[], operator: Operator, operand: unknown): boolean {
  const meets = (value: unknown): boolean => holds(operator, value, operand);
  return isNegative(operator, operand) ? values.every(meets) : values.some(meets);
}

function check(refusal: Refusal | null): void {
  if (refusal) {
    throw new FilterRefused(refusal.message);
  }
}
