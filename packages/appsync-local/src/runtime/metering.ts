import type { AnyNode, Expression } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import type { CodeUnit } from './check/rule.ts';
import { isFunction } from './check/scopes.ts';
import type { FunctionNode } from './check/scopes.ts';
import { createCosts } from './costs.ts';
import type { Edit, Wrap } from './edits.ts';

/** The realm's names of the functions that count work (realm-meter.js). */
export interface MeterNames {
  /** Counts units: at the beginning of a function or of a loop's body. */
  step: string;
  /** Returns a list or map that syntax copies, after counting its members. */
  spread: string;
  /** Returns a concatenated string, after counting its length. */
  grown: string;
}

/** The work of one iteration besides the body: asking for the next element. */
const UNITS_OF_A_TURN = 40;

/**
 * Finds the changes that make code count its work: loop iterations, calls of functions whose callers are unknown, copies, and
 * the length of built strings. Straight-line code and its calls need no counting, since they end soon.
 */
export function metering(unit: CodeUnit, names: MeterNames): { edits: Edit[]; wraps: Wrap[] } {
  const costs = createCosts(unit);
  const edits: Edit[] = [];
  const wraps: Wrap[] = [];
  const countIn = (body: AnyNode, units: number): void => {
    const counting = `${names.step}(${units});`;
    if (body.type === 'BlockStatement') {
      edits.push(insertion(body.start + 1, counting));
    } else {
      wraps.push({ start: body.start, end: body.end, before: `{ ${counting} `, after: ' }' });
    }
  };
  fullAncestor(unit.program, (node, _state, ancestors) => {
    if (isFunction(node)) {
      if (costs.isCounted(node)) {
        countCall(node, costs.ofFunction(node), names.step, edits, wraps);
      }
    } else if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      countIn(node.body, costs.of(node.left) + costs.of(node.body) + UNITS_OF_A_TURN);
    }
    const copied = copiedBy(node);
    if (copied) {
      wraps.push(around(copied, names.spread));
    }
    if (growsText(node, ancestors.at(-2))) {
      wraps.push(around(node, names.grown));
    }
  });
  return { edits, wraps };
}

const insertion = (at: number, text: string): Edit => ({ start: at, end: at, text });

/** Parentheses around the expression belong to its parent, so both ends stay balanced. */
const around = ({ start, end }: AnyNode, name: string): Wrap => ({
  start,
  end,
  before: `${name}((`,
  after: '))',
});

function countCall({ body }: FunctionNode, units: number, step: string, edits: Edit[], wraps: Wrap[]): void {
  if (body.type === 'BlockStatement') {
    edits.push(insertion(body.start + 1, `${step}(${units});`));
  } else {
    wraps.push({ start: body.start, end: body.end, before: `(${step}(${units}), `, after: ')' });
  }
}

/** The expression that `...x` or `const [first, ...others] = x` copies, unless it is a literal. */
function copiedBy(node: AnyNode): Expression | undefined {
  switch (node.type) {
    case 'SpreadElement':
      return isWrittenOut(node.argument) ? undefined : node.argument;
    case 'VariableDeclarator':
      return node.init && takesRest(node.id) ? node.init : undefined;
    case 'AssignmentExpression':
      return node.operator === '=' && takesRest(node.left) ? node.right : undefined;
    default:
      return undefined;
  }
}

const isWrittenOut = (node: Expression): boolean =>
  node.type === 'ObjectExpression' ||
  node.type === 'ArrayExpression' ||
  (node.type === 'LogicalExpression' && node.operator === '&&' && isWrittenOut(node.right)) ||
  (node.type === 'ConditionalExpression' && isWrittenOut(node.consequent) && isWrittenOut(node.alternate));

const takesRest = (pattern: AnyNode): boolean =>
  (pattern.type === 'ArrayPattern' && pattern.elements.some((element) => element?.type === 'RestElement')) ||
  (pattern.type === 'ObjectPattern' && pattern.properties.some(({ type }) => type === 'RestElement'));

/** True for the outermost of a chain of `+`, `+=` and templates. */
function growsText(node: AnyNode, parent: AnyNode | undefined): boolean {
  const isPart = parent?.type === 'BinaryExpression' && parent.operator === '+';
  switch (node.type) {
    case 'BinaryExpression':
      return node.operator === '+' && !isPart;
    case 'AssignmentExpression':
      return node.operator === '+=';
    case 'TemplateLiteral':
      return node.expressions.length > 0 && parent?.type !== 'TaggedTemplateExpression' && !isPart;
    default:
      return false;
  }
}
