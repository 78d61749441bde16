import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { Assembly, Stack } from './assembly.ts';
import type { Scope } from './scope.types.ts';
import type { Stacks } from './stacks.ts';

/**
 * The scopes of all stacks of one API: its own, those that build on it, and those that these need. A second stage of the same
 * app is not included, although one assembly contains both.
 */
export function reachedScopes(assembly: Assembly, stacks: Stacks, api: Stack): Scope[] {
  const needs = new Map(assembly.stacks.map((stack) => [stack, neededBy(stack, assembly, stacks)]));
  const usedBy = (stack: Stack): Stack[] =>
    assembly.stacks.filter((other) => needs.get(other)?.includes(stack) === true);
  const users = closure([rootOf(api)], usedBy);
  const reached = new Set(closure(users, (stack) => needs.get(stack) ?? []));
  return assembly.stacks.filter((stack) => reached.has(stack)).flatMap((stack) => stacks.within(stack));
}

const rootOf = (stack: Stack): Stack => (stack.parent === undefined ? stack : rootOf(stack.parent.stack));

function closure(start: Stack[], next: (stack: Stack) => Stack[]): Stack[] {
  const found = new Set(start);
  for (const stack of found) {
    for (const other of next(stack)) {
      found.add(other);
    }
  }
  return [...found];
}

/**
 * Follows the manifest's dependencies, and imports, which an app may use without declaring a dependency. The stacks of one
 * stage share one list of assets and depend only on each other; another stage may have stacks of the same names.
 */
function neededBy(stack: Stack, assembly: Assembly, stacks: Stacks): Stack[] {
  const declared = assembly.stacks.filter(
    ({ name, assets }) => stack.dependsOn.includes(name) && assets === stack.assets,
  );
  const imported = stacks.within(stack).flatMap((scope) => importedStacks(scope, stacks));
  return [...declared, ...imported.map(rootOf)];
}

const importedStacks = (scope: Scope, stacks: Stacks): Stack[] =>
  importExpressions(scope.stack.template.Resources).flatMap((expression) => {
    const name = resolved(scope, expression);
    return (typeof name === 'string' ? stacks.exporter(name) : undefined) ?? [];
  });

/** An import without a value matters only where it is needed, and is reported there. */
function resolved(scope: Scope, expression: unknown): unknown {
  try {
    return scope.resolve(expression, 'import');
  } catch (error) {
    if (error instanceof StartFailure) {
      return undefined;
    }
    throw error;
  }
}

function importExpressions(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap(importExpressions);
  }
  if (!isRecord(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'Fn::ImportValue' ? [member] : importExpressions(member),
  );
}
