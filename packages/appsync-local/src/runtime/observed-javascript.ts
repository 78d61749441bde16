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

/** The realm's names of the operators that replace JavaScript's own. */
export interface ObservedNames {
  /** `===` under which null equals undefined. */
  same: string;
  /** `??` that evaluates both sides. */
  coalesce: string;
  /** A value that matches no case of any switch. */
  noCase: string;
}

/**
 * Finds the changes that give code the meaning that users saw in AppSync, where it differs from JavaScript's. Everything else
 * stays as it is, also what nobody has reported (docs/adr/0024). Line numbers do not change; columns are tracked as for every
 * edit.
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
 * `undefined === null` is true (docs/facts/runtime.md#undefined-is-null). So is `undefined == null` in plain JavaScript; hence
 * `==` replaces `===` beside a literal null. A function compares two values that may both be nullish.
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
 * `a ?? f()` calls `f` even when `a` is neither null nor undefined, and still yields `a`
 * (docs/facts/runtime.md#nullish-evaluates). A right side without observable evaluation stays as it is.
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

/** `switch (a?.b)` always takes its `default` (docs/facts/runtime.md#optional-switch). */
function optionalSwitch({ discriminant }: SwitchStatement, { noCase }: ObservedNames, wraps: Wrap[]): void {
  if (discriminant.type === 'ChainExpression') {
    wraps.push(around(discriminant, `${noCase}(`, ')'));
  }
}

/** `return text += 'b'` assigns and returns an empty string, for numbers too (docs/facts/runtime.md#assignment-value). */
function returnedAssignment(returned: Expression, wraps: Wrap[]): void {
  if (isCompoundAssignment(returned)) {
    wraps.push(around(returned, '(', ', "")'));
  }
}

/** Logical assignments are not arithmetic; AppSync is known to refuse `??=` (docs/facts/runtime.md#nullish-assignment). */
const LOGICAL = new Set(['??=', '||=', '&&=']);

const isCompoundAssignment = (node: Expression): node is AssignmentExpression =>
  node.type === 'AssignmentExpression' && node.operator !== '=' && !LOGICAL.has(node.operator);

const around = ({ start, end }: AnyNode, before: string, after: string): Wrap => ({
  start,
  end,
  before,
  after,
});

/** Matches what may stand between an operand and its operator. */
const GAP = /(?:[\s)]|\/\*[^]*?\*\/|\/\/.*)*/y;

/** Replaces a binary operator with another one of the same width. */
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
