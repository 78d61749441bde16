import { list, text } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';
import { filterExpression } from '../util/filter-expression.ts';

/** An expression object; `expressionValues` is absent when nothing is bound. */
type Expression = Record<string, unknown>;

/**
 * Renders a condition, filter or key condition as an expression object, with the placeholders of `util.transform`.
 *
 * @param what for the message: `put: condition`
 * @throws HelperFailure when it cannot be rendered; without its condition a write would be unguarded
 */
export function expressionOf(filter: unknown, what: string): Expression | undefined {
  if (filter === undefined || filter === null) {
    return undefined;
  }
  const rendered = filterExpression(filter);
  if (rendered === null) {
    throw new HelperFailure(`${what} cannot be rendered: ${JSON.stringify(filter)}`);
  }
  const { expression, expressionNames, expressionValues } = rendered;
  return {
    expression,
    expressionNames,
    ...(Object.keys(expressionValues).length > 0 && { expressionValues }),
  };
}

/** Renders `['a', 'b.c[0]']` as a projection: every name on a path gets an alias, list indexes stay. */
export function projectionOf(projection: unknown, what: string): Expression | undefined {
  if (projection === undefined || projection === null) {
    return undefined;
  }
  const names = aliases();
  const paths = list(projection, what).map((path) =>
    text(path, what).split('.').map(names.aliasOf).join('.'),
  );
  return paths.length > 0 ? { expression: paths.join(', '), expressionNames: names.all() } : undefined;
}

/** Makes aliases `#expName_1`, `#expName_2`, … in order of first use, one per name. */
export function aliases(): { aliasOf: (segment: string) => string; all: () => Record<string, string> } {
  const known = new Map<string, string>();
  return {
    aliasOf: (segment) => {
      const [, name, index] = /^(.*?)((?:\[\d+\])*)$/s.exec(segment) as unknown as [string, string, string];
      if (!known.has(name)) {
        known.set(name, `#expName_${known.size + 1}`);
      }
      return `${known.get(name)}${index}`;
    },
    all: () => Object.fromEntries([...known].map(([name, alias]) => [alias, name])),
  };
}
