import type { Reference } from './scopes.ts';
import type { Rule } from './rule.ts';

/** AppSync developer guide, "Supported runtime features", Globals and Built-in objects. */
const GLOBALS: ReadonlySet<string> = new Set([
  'undefined',
  'NaN',
  'Infinity',
  'util',
  'extensions',
  'runtime',
  'console',
  'JSON',
  'Math',
  'Number',
  'Object',
  'Array',
]);

/** What to write instead of a name people expect from elsewhere. */
const INSTEAD: Record<string, string> = {
  Date: 'util.time',
  RegExp: 'util.matches()',
  String: 'a template literal, `${value}`',
  parseInt: 'unary +',
  parseFloat: 'unary +',
  Boolean: '!!value',
  Error: 'util.error()',
  fetch: 'an HTTP data source',
  crypto: 'util.autoId()',
  arguments: 'rest parameters',
  process: 'ctx.env',
};

const isCallee = ({ identifier, ancestors }: Reference, type: 'NewExpression' | 'CallExpression') => {
  const parent = ancestors.at(-1);
  return parent?.type === type && parent.callee === identifier;
};

/** Refuses names nothing declares, and calls of the built-in objects, which are namespaces only. */
export const globals: Rule = ({ scopes }, report) => {
  for (const reference of scopes.references) {
    const { identifier, binding } = reference;
    if (binding !== undefined || isCallee(reference, 'NewExpression')) continue;
    const { name } = identifier;
    if (!GLOBALS.has(name)) report(identifier, unknownGlobal(name));
    else if (isCallee(reference, 'CallExpression')) report(identifier, `${name} is not a function.`);
  }
};

function unknownGlobal(name: string): string {
  const instead = Object.hasOwn(INSTEAD, name) ? ` Use ${INSTEAD[name]}.` : '';
  return `${name} is not defined in APPSYNC_JS.${instead}`;
}
