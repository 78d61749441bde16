import type { Identifier } from 'acorn';
import type { Rule } from './rule.ts';
import { isFunction } from './scopes.ts';
import type { Binding, FunctionNode, Reference } from './scopes.ts';

interface Call {
  site: Identifier;
  caller: FunctionNode;
  callee: Binding & { function: FunctionNode };
}

/**
 * Refuses functions that reach themselves (`no-recursion`). A call inside a callback counts for every function
 * around it, so that recursion through `map` is found too.
 */
export const recursion: Rule = ({ scopes }, report) => {
  const calls = scopes.references.flatMap(callsOf);
  for (const call of calls) {
    const cycle = pathBack(call, calls);
    if (cycle) {
      report(call.site, message(cycle));
    }
  }
};

const message = (cycle: string[]) =>
  `@aws-appsync/no-recursion: Recursive function calls not supported. Detected cycle in ${cycle.join(' <-')}`;

function callsOf({ identifier, binding, ancestors }: Reference): Call[] {
  const parent = ancestors.at(-1);
  const isCall = parent?.type === 'CallExpression' && parent.callee === identifier;
  if (!isCall || binding?.function === undefined) {
    return [];
  }
  const callee = { ...binding, function: binding.function };
  return ancestors.filter(isFunction).map((caller) => ({ site: identifier, caller, callee }));
}

/** Returns the names from the called function back to itself, or undefined when the call closes no cycle. */
function pathBack(start: Call, calls: Call[]): string[] | undefined {
  const seen = new Set<FunctionNode>();
  const search = (from: Call['callee'], path: string[]): string[] | undefined => {
    if (from.function === start.caller) {
      return path;
    }
    if (seen.has(from.function)) {
      return undefined;
    }
    seen.add(from.function);
    for (const { caller, callee } of calls) {
      const found = caller === from.function ? search(callee, [...path, callee.name]) : undefined;
      if (found) {
        return found;
      }
    }
    return undefined;
  };
  const path = search(start.callee, [start.callee.name]);
  return path && [path.at(-1) as string, ...path];
}
