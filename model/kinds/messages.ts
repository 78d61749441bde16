import { shown } from '../text.ts';
import type { SchemaError } from './kind.ts';

/** An enum with more values than this is cut short: a list of all currencies explains nothing. */
const MOST_LISTED = 20;

type Params = SchemaError['params'];

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const plural = (count: unknown, noun: string): string =>
  `${text(count)} ${noun}${count === 1 ? '' : noun.endsWith('ch') ? 'es' : 's'}`;

function listed(values: readonly unknown[]): string {
  const first = values.slice(0, MOST_LISTED).map((value) => (value === '' ? '""' : text(value)));
  const more = values.length - first.length;
  return first.join(', ') + (more > 0 ? `, … (${more} more, see the schema of the kind)` : '');
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const typeNames = (type: unknown): string =>
  (Array.isArray(type) ? (type as unknown[]) : [type])
    .map((name) => TYPES[text(name)] ?? text(name))
    .join(' or ');

const COMPARISONS: Readonly<Record<string, string>> = {
  '<=': 'at most',
  '>=': 'at least',
  '<': 'less than',
  '>': 'greater than',
};

const comparison = (params: Params): string =>
  `must be ${COMPARISONS[text(params['comparison'])] ?? text(params['comparison'])} ${text(params['limit'])}`;

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date like 2026-11-23',
  time: 'a time like 13:37:00Z',
  'date-time': 'a time like 2026-11-23T13:37:00Z',
  uri: 'a URI like https://example.com/',
  email: 'an email address',
  uuid: 'a UUID',
};

const format = ({ format: name }: Params): string =>
  `must be ${FORMATS[text(name)] ?? `of format ${text(name)}`}`;

/** What a value must be, by the keyword it broke; the value seen is added. */
const VALUE_MESSAGES: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${typeNames(type)}`,
  enum: ({ allowedValues }) => `must be one of ${listed(allowedValues as unknown[])}`,
  const: ({ allowedValue }) => `must be ${JSON.stringify(allowedValue)}`,
  pattern: ({ pattern }) => `must match ${text(pattern)}`,
  format,
  minLength: ({ limit }) => `must have at least ${plural(limit, 'character')}`,
  maxLength: ({ limit }) => `must have at most ${plural(limit, 'character')}`,
  minimum: comparison,
  maximum: comparison,
  exclusiveMinimum: comparison,
  exclusiveMaximum: comparison,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${text(multipleOf)}`,
  anyOf: () => 'must have one of the shapes the schema allows',
  oneOf: ({ passingSchemas }) =>
    passingSchemas
      ? 'must have exactly one of the shapes the schema allows'
      : 'must have one of the shapes the schema allows',
  not: () => 'must not have the shape the schema excludes',
};

/** Ajv does not say whether too few fit or too many. */
function fitting({ minContains: least, maxContains: most }: Params): string {
  if (most === undefined) {
    return `must contain at least ${plural(least, 'fitting element')}`;
  }
  if (most === 0) {
    return 'must contain no fitting element';
  }
  const elements = plural(most, 'fitting element');
  if (least === 0) {
    return `must contain at most ${elements}`;
  }
  return least === most ? `must contain exactly ${elements}` : `must contain ${text(least)} to ${elements}`;
}

/** Messages that say what they saw themselves, or where the value says nothing. */
const WHOLE_MESSAGES: Readonly<Record<string, (params: Params) => string>> = {
  required: () => 'is required',
  dependentRequired: ({ property }) => `is required when ${text(property)} is given`,
  dependencies: ({ property }) => `is required when ${text(property)} is given`,
  additionalProperties: () => 'is not a member the schema knows',
  unevaluatedProperties: () => 'is not a member the schema knows',
  'false schema': () => 'must be absent',
  minItems: ({ limit }) => `must have at least ${plural(limit, 'element')}`,
  maxItems: ({ limit }) => `must have at most ${plural(limit, 'element')}`,
  items: ({ limit }) => `must have at most ${plural(limit, 'element')}`,
  unevaluatedItems: ({ len }) => `must have at most ${plural(len, 'element')}`,
  uniqueItems: ({ i, j }) => `elements ${text(j)} and ${text(i)} must differ`,
  contains: fitting,
  minProperties: ({ limit }) => `must have at least ${plural(limit, 'member')}`,
  maxProperties: ({ limit }) => `must have at most ${plural(limit, 'member')}`,
};

const withSeen = (message: string, seen: string | null): string =>
  seen === null ? message : `${message}, not ${seen}`;

/** `must be one of EUR, USD, not "EURO"`; `seen` is the value that broke the keyword. */
export function messageOf({ keyword, params, propertyName }: SchemaError, seen: unknown): string {
  const whole = WHOLE_MESSAGES[keyword];
  if (whole) {
    return whole(params);
  }
  const message = VALUE_MESSAGES[keyword]?.(params) ?? `must keep the rule ${keyword}`;
  return propertyName === undefined ? withSeen(message, shown(seen)) : `this name ${message}`;
}
