import { isRecord } from '../../ground/record.ts';
import { members, own } from '../helper-arguments.ts';
import { toDynamoDB } from './typed-values.ts';
import type { TypedValue } from './typed-values.ts';

/** A DynamoDB expression with its placeholders. */
export interface FilterExpression {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Record<string, TypedValue>;
}

const COMPARATORS: Record<string, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

const FUNCTIONS: Record<string, string> = {
  contains: 'contains',
  notContains: 'NOT contains',
  beginsWith: 'begins_with',
};

const ATTRIBUTE_TYPES: Record<string, string> = {
  _null: 'NULL',
  string: 'S',
  stringSet: 'SS',
  number: 'N',
  numberSet: 'NS',
  binary: 'B',
  binarySet: 'BS',
  boolean: 'BOOL',
  list: 'L',
  map: 'M',
};

/**
 * Renders a filter object as AppSync does, placeholders included (recorded on AWS by localstack/appsync-utils,
 * transform.test.js). Returns null for a filter that AppSync cannot render.
 */
export function filterExpression(filter: unknown): FilterExpression | null {
  const rendered: FilterExpression = { expression: '', expressionNames: {}, expressionValues: {} };
  const clauses = renderFilter(filter, '', rendered);
  if (clauses === null) {
    return null;
  }
  rendered.expression = clauses.join(' AND ');
  return rendered;
}

/** Renders one clause per member, or null when one of them cannot be rendered. `prefix` starts every value placeholder. */
function renderFilter(filter: unknown, prefix: string, out: FilterExpression): string[] | null {
  if (!isRecord(filter)) {
    return null;
  }
  return all(members(filter).map(([name, value]) => renderMember(name, value, prefix, out)));
}

function renderMember(name: string, value: unknown, prefix: string, out: FilterExpression): string | null {
  switch (name) {
    case 'and':
    case 'or':
      return renderGroup(name, value, prefix, out);
    case 'not': {
      const negated = one(renderFilter(value, `${prefix}not_`, out));
      return negated === null ? null : `(NOT ${negated})`;
    }
    default:
      out.expressionNames[`#${name}`] = name;
      return renderOperators(`#${name}`, value, `${prefix}${name}_`, out);
  }
}

function renderGroup(
  name: 'and' | 'or',
  value: unknown,
  prefix: string,
  out: FilterExpression,
): string | null {
  if (!Array.isArray(value)) {
    return null;
  }
  const group = all(
    value.map((member, index) => one(renderFilter(member, `${prefix}${name}_${index}_`, out))),
  );
  return group && joined(group, name === 'and' ? ' AND ' : ' OR ');
}

/** `operand` is a name placeholder or `size(…)` of one. */
function renderOperators(
  operand: string,
  value: unknown,
  prefix: string,
  out: FilterExpression,
): string | null {
  if (!isRecord(value)) {
    return null;
  }
  const clauses = all(
    members(value).map(([name, given]) => renderOperator(operand, name, given, prefix, out)),
  );
  return clauses && joined(clauses, ' AND ');
}

function renderOperator(
  operand: string,
  name: string,
  given: unknown,
  prefix: string,
  out: FilterExpression,
): string | null {
  const bind = (suffix: string, value: unknown): string => {
    out.expressionValues[`:${prefix}${suffix}`] = toDynamoDB(value);
    return `:${prefix}${suffix}`;
  };
  const comparator = own(COMPARATORS, name);
  if (comparator) {
    return `(${operand} ${comparator} ${bind(name, given)})`;
  }
  const call = own(FUNCTIONS, name);
  if (call) {
    return `(${call}(${operand},${bind(name, given)}))`;
  }
  switch (name) {
    case 'between':
      if (!Array.isArray(given) || given.length < 2) {
        return null;
      }
      return `(${operand} BETWEEN ${bind('between_start', given[0])} AND ${bind('between_end', given[1])})`;
    case 'in':
      return Array.isArray(given) ? membership(operand, given, bind) : null;
    case 'attributeExists':
      return typeof given === 'boolean' ? `(attribute_${given ? '' : 'not_'}exists(${operand}))` : null;
    case 'attributeType': {
      const type = typeof given === 'string' ? own(ATTRIBUTE_TYPES, given) : undefined;
      return type === undefined ? null : `(attribute_type(${operand},${bind(name, type)}))`;
    }
    case 'size': {
      const size = operand.startsWith('size(') ? operand : `size(${operand})`;
      return renderOperators(size, given, `${prefix}size_`, out);
    }
    default:
      return null;
  }
}

function membership(
  operand: string,
  values: unknown[],
  bind: (suffix: string, value: unknown) => string,
): string {
  // An empty list renders as the word null (recorded there as well).
  if (values.length === 0) {
    return '(null)';
  }
  return `(${operand} IN (${values.map((value, index) => bind(`in_${index}`, value)).join(', ')}))`;
}

const all = (clauses: (string | null)[]): string[] | null =>
  clauses.includes(null) ? null : (clauses as string[]);

const one = (clauses: string[] | null): string | null => clauses && joined(clauses, ' AND ');

const joined = (clauses: string[], joiner: string): string =>
  clauses.length > 1 ? `(${clauses.join(joiner)})` : (clauses[0] ?? '');
