import type { Rule } from './rule.ts';
import type { Reference } from './scopes.ts';

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

/** What to write instead of names that people expect from other platforms. */
const INSTEAD: Record<string, string> = {
  Date: 'util.time',
  RegExp: 'util.matches()',
  String: 'a template literal, `${value}`',
  Number: 'unary +',
  parseInt: 'unary +',
  parseFloat: 'unary +',
  Boolean: '!!value',
  Error: 'util.error()',
  fetch: 'an HTTP data source',
  crypto: 'util.autoId()',
  arguments: 'rest parameters',
  process: 'ctx.env',
};

function isCallee({ identifier, ancestors }: Reference, type: 'NewExpression' | 'CallExpression') {
  const parent = ancestors.at(-1);
  return parent?.type === type && parent.callee === identifier;
}

/** Refuses names that nothing declares, and calls of functions that AppSync lacks. */
export const globals: Rule = ({ scopes }, report) => {
  for (const reference of scopes.references) {
    const { identifier, binding } = reference;
    if (binding !== undefined || isCallee(reference, 'NewExpression')) {
      continue;
    }
    const { name } = identifier;
    if (isCallee(reference, 'CallExpression')) {
      report(identifier, invalidFunction(name), 'INVALID_FUNCTION_INVOCATION');
    } else if (!GLOBALS.has(name)) {
      report(identifier, `${name} is not defined in APPSYNC_JS.${insteadOf(name)}`);
    }
  }
};

/** In AppSync's recorded words for `Number(…)`; it refuses `parseInt` and `parseFloat` as well (aws/aws-appsync-community#303). */
const invalidFunction = (name: string): string =>
  `Invalid function: ${name} [code: INVALID_FUNCTION_INVOCATION]${insteadOf(name)}`;

/** ` Use util.time.` for `Date`; empty for most names. */
export const insteadOf = (name: string): string =>
  Object.hasOwn(INSTEAD, name) ? ` Use ${INSTEAD[name]}.` : '';
