import { isNegative, type Operator } from '../filter.ts';
import { isSame, order } from './compare.ts';

type Meaning = (value: unknown, operand: unknown) => boolean;

const ordered =
  (meets: (difference: number) => boolean): Meaning =>
  (value, operand) => {
    const difference = order(value, operand);
    return difference !== null && meets(difference);
  };

const isAtMost = ordered((difference) => difference <= 0);
const isAtLeast = ordered((difference) => difference >= 0);

/** What the operators of filters mean for a value that is there, as DynamoDB evaluates the clauses of OPERATORS. */
const MEANINGS: Record<Operator, Meaning> = {
  eq: isSame,
  ne: (value, operand) => !isSame(value, operand),
  lt: ordered((difference) => difference < 0),
  le: isAtMost,
  gt: ordered((difference) => difference > 0),
  ge: isAtLeast,
  between(value, operand) {
    const [from, to] = operand as unknown[];
    return isAtLeast(value, from) && isAtMost(value, to);
  },
  in: (value, operand) => (operand as unknown[]).some((one) => isSame(value, one)),
  contains(value, operand) {
    if (Array.isArray(value)) {
      return value.some((element) => isSame(element, operand));
    }
    return typeof value === 'string' && typeof operand === 'string' && value.includes(operand);
  },
  beginsWith: (value, operand) => typeof value === 'string' && value.startsWith(operand as string),
  exists: (_, operand) => operand === true,
};

/** Whether an operator holds for a value. @param value from JSON; undefined: there is none */
export function holds(operator: Operator, value: unknown, operand: unknown): boolean {
  return value === undefined ? isNegative(operator, operand) : MEANINGS[operator](value, operand);
}
