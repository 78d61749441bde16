import type {
  AnyNode,
  AssignmentExpression,
  BinaryExpression,
  Expression,
  LogicalExpression,
  SwitchStatement,
} from 'acorn';
import { full } from 'acorn-walk';
import type { CodeUnit } from './check/rule.ts';
import type { Edit, Wrap } from './edits.ts';
import { isInert, isNeverNullish, isNullish } from './operands.ts';

/** What the realm calls the operators that take the place of JavaScript's own. */
export interface ObservedNames {
  /** `===` that holds null and undefined to be the same. */
  same: string;
  /** `??` with both sides evaluated. */
  coalesce: string;
  /** A value that is no case of any switch, whatever it is given. */
  noCase: string;
}

/**
 * Changes that make code mean what users saw it mean in AppSync, where that is not what JavaScript says. Nothing else is changed: what
 * nobody has reported is left as it is (docs/adr/0024). Lines stay, and columns are accounted for as in every edit.
 */
export function observedJavascript(
  unit: CodeUnit,
  text: string,
  names: ObservedNames,
): { edits: Edit[]; wraps: Wrap[] } {
  const edits: Edit[] = [];
  const wraps: Wrap[] = [];
  full(unit.program, (node: AnyNode) => {
    switch (node.type) {
      case 'BinaryExpression':
        return equality(node, unit, text, names, edits, wraps);
      case 'LogicalExpression':
        return coalescing(node, text, names, edits, wraps);
      case 'SwitchStatement':
        return optionalSwitch(node, names, wraps);
      case 'ReturnStatement':
        return node.argument ? returnedAssignment(node.argument, wraps) : undefined;
      case 'ArrowFunctionExpression':
        return node.body.type === 'BlockStatement' ? undefined : returnedAssignment(node.body, wraps);
    }
  });
  return { edits, wraps };
}

/**
 * `undefined === null` is true (docs/facts/runtime.md#undefined-is-null). `==` says so in plain JavaScript too, so it takes the place of
 * `===` beside a null that is written down; two values that may both be nullish are compared by a function.
 */
function equality(
  node: BinaryExpression,
  { scopes }: CodeUnit,
  text: string,
  { same }: ObservedNames,
  edits: Edit[],
  wraps: Wrap[],
): void {
  const { operator, left, right } = node;
  if (operator !== '===' && operator !== '!==') {
    return;
  }
  if (isNullish(left, scopes) || isNullish(right, scopes)) {
    edits.push(operatorEdit(node, text, operator === '===' ? '==' : '!='));
  } else if (!isNeverNullish(left) && !isNeverNullish(right)) {
    edits.push(operatorEdit(node, text, ','));
    wraps.push(around(node, `${operator === '===' ? '' : '!'}${same}(`, ')'));
  }
}

/**
 * `a ?? f()` calls `f` even where `a` is given, and is `a` all the same (docs/facts/runtime.md#nullish-evaluates). A right side whose
 * evaluation nobody can notice stays as it is.
 */
function coalescing(
  node: LogicalExpression,
  text: string,
  { coalesce }: ObservedNames,
  edits: Edit[],
  wraps: Wrap[],
): void {
  if (node.operator !== '??' || isInert(node.right)) {
    return;
  }
  edits.push(operatorEdit(node, text, ','));
  wraps.push(around(node, `${coalesce}(`, ')'));
}

/** `switch (a?.b)` always comes to its `default` (docs/facts/runtime.md#optional-switch). */
function optionalSwitch({ discriminant }: SwitchStatement, { noCase }: ObservedNames, wraps: Wrap[]): void {
  if (discriminant.type === 'ChainExpression') {
    wraps.push(around(discriminant, `${noCase}(`, ')'));
  }
}

/** `return text += 'b'` assigns and returns an empty text, for numbers too (docs/facts/runtime.md#assignment-value). */
function returnedAssignment(returned: Expression, wraps: Wrap[]): void {
  if (isCompoundAssignment(returned)) {
    wraps.push(around(returned, '(', ', "")'));
  }
}

/** The logical ones are no arithmetic: of `??=` it is known that AppSync does not take it (docs/facts/runtime.md#nullish-assignment). */
const LOGICAL = new Set(['??=', '||=', '&&=']);

const isCompoundAssignment = (node: Expression): node is AssignmentExpression =>
  node.type === 'AssignmentExpression' && node.operator !== '=' && !LOGICAL.has(node.operator);

const around = ({ start, end }: AnyNode, before: string, after: string): Wrap => ({
  start,
  end,
  before,
  after,
});

/** What may stand between an operand and its operator. */
const GAP = /(?:[\s)]|\/\*[^]*?\*\/|\/\/.*)*/y;

/** Puts another operator in the place of a binary one, in as many columns. */
function operatorEdit(
  { left, operator }: BinaryExpression | LogicalExpression,
  text: string,
  replacement: string,
): Edit {
  GAP.lastIndex = left.end;
  GAP.test(text);
  const start = GAP.lastIndex;
  return { start, end: start + operator.length, text: replacement.padEnd(operator.length) };
}
