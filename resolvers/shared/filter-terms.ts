import { util } from '@aws-appsync/utils';
import { badRequest, isGiven } from './input.ts';
import { checkTexts } from './well-formed.ts';

/** A filter expression in the making: what its aliases stand for. */
export type Terms = {
  names: Record<string, string>;
  values: Record<string, unknown>;
  /** The alias of each name, by `name …`, so that a name has one. */
  aliases: Record<string, string>;
};

/** DynamoDB's limit on the values of one IN (Developer Guide, "Condition and filter expressions, operators, and functions"). */
const MAX_IN = 100;

/** Aliases begin with `f`, apart from those of the listing itself. */
export function attribute(terms: Terms, name: string): string {
  const known = terms.aliases[`name ${name}`];
  if (known) {
    return known;
  }
  const alias = `#f${Object.keys(terms.names).length}`;
  terms.names[alias] = name;
  terms.aliases[`name ${name}`] = alias;
  return alias;
}

function value(terms: Terms, operand: unknown): string {
  const alias = `:f${Object.keys(terms.values).length}`;
  terms.values[alias] = util.dynamodb.toDynamoDB(operand);
  return alias;
}

/** `<` and its like on operands that DynamoDB orders. `field` says where the operand stands. */
export function comparison(
  terms: Terms,
  target: string,
  sign: string,
  operand: unknown,
  field: string,
): string {
  const ordered = sign !== '=' && sign !== '<>';
  if (ordered && typeof operand !== 'number' && typeof operand !== 'string') {
    badRequest(`${field} must be a number or a text, for nothing else has an order`, field);
  }
  return `${target} ${sign} ${value(terms, operand)}`;
}

export function between(terms: Terms, target: string, bounds: unknown[], field: string): string {
  const [from, to] = bounds;
  const ordered =
    (typeof from === 'number' && typeof to === 'number') ||
    (typeof from === 'string' && typeof to === 'string');
  if (bounds.length !== 2 || !ordered || (from as number) > (to as number)) {
    badRequest(`${field} must be two numbers or two texts, the smaller one first`, field);
  }
  return `${target} BETWEEN ${value(terms, from)} AND ${value(terms, to)}`;
}

export function oneOf(terms: Terms, target: string, operands: unknown[], field: string): string {
  if (operands.length < 1 || operands.length > MAX_IN) {
    badRequest(`${field} has ${operands.length} values; it must have 1 to ${MAX_IN}`, field);
  }
  return `${target} IN (${operands.map((operand) => value(terms, operand)).join(', ')})`;
}

export function contains(terms: Terms, target: string, operand: unknown): string {
  return `contains(${target}, ${value(terms, operand)})`;
}

export function beginsWith(terms: Terms, target: string, operand: unknown, field: string): string {
  if (typeof operand !== 'string') {
    badRequest(`${field} must be a text`, field);
  }
  return `begins_with(${target}, ${value(terms, operand)})`;
}

export function exists(target: string, wanted: boolean): string {
  return wanted ? `attribute_exists(${target})` : `attribute_not_exists(${target})`;
}

/** Clauses for the operators that are given, on an attribute that is no payload: null is as good as absent there. */
export function attributeClauses(
  terms: Terms,
  name: string,
  operators: Record<string, unknown>,
  field: string,
): string[] {
  return Object.keys(operators)
    .filter((operator) => isGiven(operators[operator]))
    .map((operator) =>
      clause(terms, attribute(terms, name), operator, operators[operator], `${field}.${operator}`),
    );
}

const SIGNS: Record<string, string> = { eq: '=', ne: '<>', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** One operator of a filter as an expression. */
export function clause(
  terms: Terms,
  target: string,
  operator: string,
  operand: unknown,
  field: string,
): string {
  checkTexts(operand, field);
  const sign = SIGNS[operator];
  if (sign) {
    return comparison(terms, target, sign, operand, field);
  }
  switch (operator) {
    case 'between':
      return between(terms, target, operand as unknown[], field);
    case 'in':
      return oneOf(terms, target, operand as unknown[], field);
    case 'contains':
      return contains(terms, target, operand);
    case 'beginsWith':
      return beginsWith(terms, target, operand, field);
    default:
      return exists(target, operand as boolean);
  }
}
