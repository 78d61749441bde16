import type { AnyNode, CallExpression } from 'acorn';
import type { CodeUnit } from './check/rule.ts';
import { isFunction } from './check/scopes.ts';
import type { FunctionNode, Scopes } from './check/scopes.ts';

/** The cost of code by its text, in units of about two nanoseconds or one byte (realm-meter.js). */
export interface Costs {
  /** Of running a node once: its loop bodies count once, the bodies of functions that it creates do not count. */
  of(node: AnyNode): number;
  /** Of a call. */
  ofFunction(node: FunctionNode): number;
  /** Whether a function counts its own calls. The cost of any other function is part of its callers' cost. */
  isCounted(node: FunctionNode): boolean;
}

/** Nodes that allocate: 8 bytes an element, 16 a member, 64 an object, 32 a concatenated string. Every other node is one unit. */
const UNITS: Partial<Record<AnyNode['type'], number>> = {
  ArrayExpression: 64,
  ObjectExpression: 64,
  Property: 16,
  ArrowFunctionExpression: 64,
  FunctionExpression: 64,
  FunctionDeclaration: 64,
  CallExpression: 16,
  AssignmentExpression: 16,
  BinaryExpression: 16,
  TemplateLiteral: 64,
  SpreadElement: 8,
};

/** A more expensive function counts its own calls: which of two branches calls it is unknown in advance. */
const MOST_UNCOUNTED = 100;

export function createCosts({ scopes }: CodeUnit): Costs {
  const { calleeOf, callable } = callsOf(scopes);
  const known = new Map<FunctionNode, number>();
  const counted = new Map<FunctionNode, boolean>();

  const of = (node: AnyNode): number => {
    const own = UNITS[node.type] ?? 1;
    if (isFunction(node)) {
      return own;
    }
    if (node.type === 'IfStatement' || node.type === 'ConditionalExpression') {
      return own + of(node.test) + Math.max(of(node.consequent), node.alternate ? of(node.alternate) : 0);
    }
    const called = node.type === 'CallExpression' ? calledBy(node) : undefined;
    const below = childrenOf(node).reduce((sum, child) => sum + of(child), own);
    return called && !isCounted(called) ? below + ofFunction(called) : below;
  };

  const calledBy = (call: CallExpression): FunctionNode | undefined =>
    isFunction(call.callee) ? call.callee : calleeOf.get(call);

  const ofFunction = (node: FunctionNode): number => {
    const cost = known.get(node);
    if (cost !== undefined) {
      return cost;
    }
    // A recursive function counts each call. The check refuses it anyway.
    known.set(node, Infinity);
    const found = [...node.params, node.body].reduce((sum, part) => sum + of(part), UNITS.CallExpression!);
    known.set(node, found);
    return found;
  };

  const isCounted = (node: FunctionNode): boolean => {
    const answer = counted.get(node) ?? (!callable.has(node) || ofFunction(node) > MOST_UNCOUNTED);
    counted.set(node, answer);
    return answer;
  };

  return { of, ofFunction, isCounted };
}

/** The functions that are only ever called by name, and their calls; a function called where it is written is both. */
function callsOf({ references }: Scopes): {
  calleeOf: Map<CallExpression, FunctionNode>;
  callable: Set<FunctionNode>;
} {
  const calleeOf = new Map<CallExpression, FunctionNode>();
  const callable = new Set<FunctionNode>();
  const handedAround = new Set<FunctionNode>();
  for (const { identifier, binding, ancestors } of references) {
    const parent = ancestors.at(-1);
    if (!binding?.function) {
      continue;
    }
    if (parent?.type === 'CallExpression' && parent.callee === identifier) {
      calleeOf.set(parent, binding.function);
      callable.add(binding.function);
    } else {
      handedAround.add(binding.function);
    }
  }
  handedAround.forEach((node) => callable.delete(node));
  return { calleeOf, callable };
}

const NO_CHILDREN = new Set(['type', 'start', 'end', 'loc', 'range']);

/** Every node of a code unit is asked several times, so no lists are made in between. */
function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const name in node) {
    if (NO_CHILDREN.has(name)) {
      continue;
    }
    const value: unknown = node[name as keyof AnyNode];
    if (Array.isArray(value)) {
      children.push(...value.filter(isNode));
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
