import { isGiven } from './given.ts';
import { badRequest, type Refusal } from './refusals.ts';

/** What an operator takes. */
type Operand =
  | 'any'
  /** A number or a text: nothing else has an order. */
  | 'ordered'
  | 'text'
  /** Two numbers or two texts, the smaller one first. */
  | 'bounds'
  | 'list'
  /** True or false. */
  | 'flag';

/** Members of an item by how a filter asks for them. */
export type MemberPlace = 'text' | 'texts' | 'int' | 'flag' | 'time' | 'payload';

/** Where the schema lets an operator be asked: on a member of an item, in its payload, or of the change that a subscription reports. */
export type Place = MemberPlace | 'change' | 'change type';

type Row = {
  operand: Operand;
  /** The clause: `@` is what is asked about, `$` the operand, of `bounds` each in its turn. */
  text: string;
  /** Of a flag: the clause for false. */
  otherwise?: string;
  /** It holds where there is no such value. */
  negative: boolean;
  /** JSON's null may be its operand. */
  takesNull: boolean;
  on: readonly Place[];
};

/** The operators of all filters. */
export const OPERATORS = {
  eq: {
    operand: 'any',
    text: '@ = $',
    negative: false,
    takesNull: true,
    on: ['text', 'int', 'flag', 'payload', 'change', 'change type'],
  },
  ne: {
    operand: 'any',
    text: '@ <> $',
    negative: true,
    takesNull: true,
    on: ['text', 'int', 'flag', 'payload', 'change', 'change type'],
  },
  lt: {
    operand: 'ordered',
    text: '@ < $',
    negative: false,
    takesNull: false,
    on: ['int', 'time', 'payload'],
  },
  le: {
    operand: 'ordered',
    text: '@ <= $',
    negative: false,
    takesNull: false,
    on: ['int', 'time', 'payload'],
  },
  gt: {
    operand: 'ordered',
    text: '@ > $',
    negative: false,
    takesNull: false,
    on: ['int', 'time', 'payload'],
  },
  ge: {
    operand: 'ordered',
    text: '@ >= $',
    negative: false,
    takesNull: false,
    on: ['int', 'time', 'payload'],
  },
  between: {
    operand: 'bounds',
    text: '@ BETWEEN $ AND $',
    negative: false,
    takesNull: false,
    on: ['int', 'payload'],
  },
  in: {
    operand: 'list',
    text: '@ IN ($)',
    negative: false,
    takesNull: false,
    on: ['text', 'int', 'payload', 'change', 'change type'],
  },
  contains: {
    operand: 'any',
    text: 'contains(@, $)',
    negative: false,
    takesNull: false,
    on: ['texts', 'payload'],
  },
  beginsWith: {
    operand: 'text',
    text: 'begins_with(@, $)',
    negative: false,
    takesNull: false,
    on: ['text', 'payload', 'change'],
  },
  exists: {
    operand: 'flag',
    text: 'attribute_exists(@)',
    otherwise: 'attribute_not_exists(@)',
    negative: false,
    takesNull: false,
    on: ['text', 'texts', 'flag', 'payload'],
  },
} as const satisfies Record<string, Row>;

type Rows = typeof OPERATORS;
export type Operator = keyof Rows;
/** The operators of a place. */
export type OperatorOn<At extends Place> = {
  [Name in Operator]: At extends Rows[Name]['on'][number] ? Name : never;
}[Operator];

export function operatorsOn<At extends Place>(place: At): OperatorOn<At>[] {
  const names = Object.keys(OPERATORS) as Operator[];
  return names.filter((name) => (OPERATORS[name].on as readonly Place[]).includes(place)) as OperatorOn<At>[];
}

/** A filter expression in the making: what its aliases stand for. */
export type Terms = {
  names: Record<string, string>;
  values: Record<string, unknown>;
  /** The alias of each name, by `name …`, so that a name has one. */
  aliases: Record<string, string>;
};

export function newTerms(): Terms {
  return { names: {}, values: {}, aliases: {} };
}

/** The alias of an attribute. Aliases begin with `f`, apart from those of the listing itself. */
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

function aliasOf(terms: Terms, operand: unknown): string {
  const alias = `:f${Object.keys(terms.values).length}`;
  terms.values[alias] = operand;
  return alias;
}

/** The operators that are given: null is as good as absent, for optional variables arrive as null. */
export function givenOperators(operators: Record<string, unknown>): Operator[] {
  return Object.keys(operators).filter((operator) => isGiven(operators[operator])) as Operator[];
}

/**
 * The same of a condition on a payload, whose operand may be JSON's null: that counts unless an operator stands beside it that no null meets.
 */
export function askedOperators(operators: Record<string, unknown>): Operator[] {
  const takesNull = givenOperators(operators).every((operator) => OPERATORS[operator].operand === 'flag');
  return (Object.keys(operators) as Operator[]).filter(
    (operator) => isGiven(operators[operator]) || (takesNull && OPERATORS[operator].takesNull),
  );
}

/** Whether an operator holds where there is no such value. */
export function isNegative(operator: Operator, operand: unknown): boolean {
  const row = OPERATORS[operator];
  return row.negative || (row.operand === 'flag' && !operand);
}

/** DynamoDB's limit on the values of one IN (Developer Guide, "Condition and filter expressions, operators, and functions"). */
const MAX_IN = 100;

/** Why an operator cannot be asked with an operand; null when it can. @param field where the operand stands */
export function operandRefusal(operator: Operator, operand: unknown, field: string): Refusal | null {
  const { operand: expected } = OPERATORS[operator];
  switch (expected) {
    case 'any':
    case 'flag':
      return null;
    case 'ordered':
      return isOrdered(operand)
        ? null
        : badRequest(
            'filter_operand_type',
            `${field} must be a number or a text; other values have no order`,
            field,
          );
    case 'text':
      return typeof operand === 'string'
        ? null
        : badRequest('filter_operand_type', `${field} must be a text`, field);
    case 'bounds':
      return areBounds(operand as unknown[])
        ? null
        : badRequest(
            'filter_operand_type',
            `${field} must be two numbers or two texts, the smaller one first`,
            field,
          );
    case 'list':
      return countRefusal((operand as unknown[]).length, MAX_IN, field, field);
  }
}

function isOrdered(operand: unknown): operand is number | string {
  return typeof operand === 'number' || typeof operand === 'string';
}

function areBounds(bounds: unknown[]): boolean {
  const [from, to] = bounds;
  return bounds.length === 2 && isOrdered(from) && isOrdered(to) && typeof from === typeof to && from <= to;
}

/** @param place how the message names the values */
export function countRefusal(count: number, most: number, place: string, field: string): Refusal | null {
  return count < 1 || count > most
    ? badRequest(
        'filter_values_out_of_range',
        `${place} has ${count} values; it must have 1 to ${most}`,
        field,
      )
    : null;
}

/** One operator of a filter as a clause. @param target the alias or document path that it is asked of */
export function clause(terms: Terms, target: string, operator: Operator, operand: unknown): string {
  const row: Row = OPERATORS[operator];
  const text = row.operand === 'flag' && !operand ? (row.otherwise as string) : row.text;
  const filled = fillers(terms, row.operand, operand);
  return text
    .split('@')
    .join(target)
    .split('$')
    .map((part, index) => part + (filled[index] ?? ''))
    .join('');
}

/** What stands for each `$` of a clause. */
function fillers(terms: Terms, expected: Operand, operand: unknown): string[] {
  switch (expected) {
    case 'flag':
      return [];
    case 'bounds':
      return (operand as unknown[]).map((bound) => aliasOf(terms, bound));
    case 'list':
      return [(operand as unknown[]).map((one) => aliasOf(terms, one)).join(', ')];
    case 'any':
    case 'ordered':
    case 'text':
      return [aliasOf(terms, operand)];
  }
}

// part: validated-items
/** Whether a text that is known meets an operator: DynamoDB does not filter an index by its own key. */
export function meets(text: string, operator: OperatorOn<'text'>, operand: unknown): boolean {
  switch (operator) {
    case 'eq':
      return text === operand;
    case 'ne':
      return text !== operand;
    case 'in':
      return (operand as string[]).indexOf(text) >= 0;
    case 'beginsWith':
      return text.startsWith(operand as string);
    case 'exists':
      return operand === true;
  }
}
// end: validated-items
