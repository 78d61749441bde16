import { BlockList, isIP } from 'node:net';
import { isRecord } from '../ground/record.ts';

type Json = Record<string, unknown>;
/** Whether a leaf matches; `values` are the event's values there, empty when the field is absent. */
type LeafTest = (values: unknown[]) => boolean;

/** Whether an event matches a rule. */
export type EventPattern = (event: unknown) => boolean;

/** A pattern that EventBridge would refuse. */
export class PatternProblem extends Error {
  override name = 'PatternProblem';
}

/**
 * Compiles an event pattern: all members must match, one element of a list suffices, and a list in the event matches with any
 * of its elements (EventBridge user guide, "Creating event patterns" and "Comparison operators for use in event patterns").
 *
 * @throws PatternProblem when EventBridge would refuse it
 */
export function compilePattern(pattern: unknown): EventPattern {
  return objectTest(pattern, 'the pattern');
}

function objectTest(pattern: unknown, path: string): EventPattern {
  if (!isRecord(pattern)) {
    throw new PatternProblem(`${path} must be an object`);
  }
  if (Object.keys(pattern).length === 0) {
    throw new PatternProblem(`${path} is empty`);
  }
  const tests = Object.entries(pattern).map(([name, value]) =>
    name === '$or' && Array.isArray(value) ? orTest(value, path) : memberTest(name, value, path),
  );
  // In a list of objects, one object must match as a whole.
  return (event) =>
    Array.isArray(event)
      ? event.some((element) => tests.every((test) => test(element)))
      : tests.every((test) => test(event));
}

function orTest(alternatives: unknown[], path: string): EventPattern {
  if (alternatives.length < 2) {
    throw new PatternProblem(`${path}.$or must have two members or more`);
  }
  const tests = alternatives.map((one, index) => objectTest(one, `${path}.$or[${index}]`));
  return (event) => tests.some((test) => test(event));
}

function memberTest(name: string, pattern: unknown, parent: string): EventPattern {
  const path = `${parent}.${name}`;
  const memberOf = (event: unknown): unknown =>
    isRecord(event) && Object.hasOwn(event, name) ? event[name] : undefined;
  if (!Array.isArray(pattern)) {
    const test = objectTest(pattern, path);
    return (event) => test(memberOf(event));
  }
  const test = leafTest(pattern, path);
  return (event) => test(leavesOf(memberOf(event)));
}

/** Objects are not leaves. */
const leavesOf = (value: unknown): unknown[] =>
  value === undefined || isRecord(value) ? [] : Array.isArray(value) ? value.flatMap(leavesOf) : [value];

function leafTest(alternatives: unknown[], path: string): LeafTest {
  if (alternatives.length === 0) {
    throw new PatternProblem(`${path} is an empty list`);
  }
  const tests = alternatives.map((one) => alternativeTest(one, path));
  return (values) => tests.some((test) => test(values));
}

function alternativeTest(alternative: unknown, path: string): LeafTest {
  if (!isRecord(alternative)) {
    if (Array.isArray(alternative)) {
      throw new PatternProblem(`${path} has a list in its list`);
    }
    return (values) => values.includes(alternative);
  }
  const [name, operand] = onlyMember(alternative, path);
  if (name === 'exists') {
    if (typeof operand !== 'boolean') {
      throw new PatternProblem(`${path}: exists must be true or false`);
    }
    return (values) => values.length > 0 === operand;
  }
  const test = name === 'anything-but' ? anythingBut(operand, path) : valueTest(name, operand, path);
  return (values) => values.some(test);
}

type ValueTest = (value: unknown) => boolean;

function anythingBut(operand: unknown, path: string): ValueTest {
  if (isRecord(operand)) {
    const [name, inner] = onlyMember(operand, path);
    if (!TEXT_OPERATORS.has(name)) {
      throw unknownOperator(`anything-but ${name}`, path);
    }
    const tests = [inner].flat().map((one) => valueTest(name, one, path));
    return (value) => !tests.some((test) => test(value));
  }
  const others = [operand].flat();
  if (others.length === 0 || others.some((one) => typeof one !== 'string' && typeof one !== 'number')) {
    throw new PatternProblem(`${path}: anything-but takes texts or numbers`);
  }
  return (value) => !others.includes(value);
}

const TEXT_OPERATORS = new Set(['prefix', 'suffix', 'equals-ignore-case', 'wildcard']);

function valueTest(name: string, operand: unknown, path: string): ValueTest {
  switch (name) {
    case 'prefix':
    case 'suffix':
      return endTest(name, operand, path);
    case 'equals-ignore-case': {
      const wanted = text(operand, name, path).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
    }
    case 'wildcard': {
      const wanted = wildcard(text(operand, name, path));
      return (value) => typeof value === 'string' && wanted.test(value);
    }
    case 'numeric':
      return numericTest(operand, path);
    case 'cidr':
      return cidrTest(text(operand, name, path), path);
    default:
      throw unknownOperator(name, path);
  }
}

/** `{prefix: "a"}`, or `{prefix: {"equals-ignore-case": "a"}}`. */
function endTest(name: 'prefix' | 'suffix', operand: unknown, path: string): ValueTest {
  const ignoreCase = isRecord(operand);
  const wanted = ignoreCase
    ? text(operand['equals-ignore-case'], name, path).toLowerCase()
    : text(operand, name, path);
  return (value) => {
    if (typeof value !== 'string') {
      return false;
    }
    const found = ignoreCase ? value.toLowerCase() : value;
    return name === 'prefix' ? found.startsWith(wanted) : found.endsWith(wanted);
  };
}

/** `*` matches any characters, `\*` matches itself. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(
    /\\([*\\])|([*])|([\s\S])/g,
    (_, escaped?: string, star?: string, other?: string) =>
      star ? '[\\s\\S]*' : (escaped ?? other ?? '').replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  );
  return new RegExp(`^${source}$`);
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `[">", 0, "<=", 5]`. */
function numericTest(operand: unknown, path: string): ValueTest {
  const parts = Array.isArray(operand) ? operand : [];
  const comparisons = Array.from({ length: parts.length / 2 }, (_, index) => {
    const [operator, bound] = parts.slice(index * 2, index * 2 + 2) as [unknown, unknown];
    const compare = COMPARISONS[String(operator)];
    return compare && typeof bound === 'number' ? (value: number) => compare(value, bound) : null;
  });
  if (parts.length === 0 || parts.length % 2 === 1 || comparisons.includes(null)) {
    throw new PatternProblem(`${path}: numeric takes pairs of =, <, <=, > or >= and a number`);
  }
  return (value) => typeof value === 'number' && comparisons.every((compare) => compare!(value));
}

function cidrTest(range: string, path: string): ValueTest {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network);
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
  } catch {
    throw new PatternProblem(`${path}: cidr '${range}' is not an address range`);
  }
  return (value) =>
    typeof value === 'string' && isIP(value) === family && list.check(value, family === 6 ? 'ipv6' : 'ipv4');
}

function onlyMember(operator: Json, path: string): [string, unknown] {
  const [member, ...more] = Object.entries(operator);
  if (!member || more.length > 0) {
    throw new PatternProblem(`${path} has an operator that is not one member`);
  }
  return member;
}

function text(operand: unknown, name: string, path: string): string {
  if (typeof operand === 'string') {
    return operand;
  }
  throw new PatternProblem(`${path}: ${name} takes a text`);
}

const unknownOperator = (name: string, path: string): PatternProblem =>
  new PatternProblem(`${path} has the unknown operator '${name}'`);
