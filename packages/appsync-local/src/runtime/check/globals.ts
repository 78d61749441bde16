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

/** What to write instead of a name people expect from elsewhere. */
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

/** Refuses names nothing declares, and calls of what AppSync has no such function for. */
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

/** As AppSync was recorded to word it for `Number(…)`; `parseInt` and `parseFloat` are refused as well (aws/aws-appsync-community#303). */
const invalidFunction = (name: string): string =>
  `Invalid function: ${name} [code: INVALID_FUNCTION_INVOCATION]${insteadOf(name)}`;

/** ` Use util.time.` for `Date`, nothing for most names. */
export const insteadOf = (name: string): string =>
  Object.hasOwn(INSTEAD, name) ? ` Use ${INSTEAD[name]}.` : '';
