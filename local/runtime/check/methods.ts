import { full } from 'acorn-walk';
import type { Expression, MemberExpression, Super } from 'acorn';
import { METHOD_NAMES } from '../methods.ts';
import type { CodeUnit, Rule } from './rule.ts';

const STATIC: Record<string, readonly string[]> = Object.fromEntries(
  Object.entries(METHOD_NAMES).filter(([owner]) => !owner.endsWith('.prototype')),
);

/** Instance methods @aws-appsync/eslint-plugin 2.0.2 (`no-disallowed-methods`) refuses by the receiver's type. */
const DENIED: Record<'Array' | 'String', readonly string[]> = {
  Array: ['copyWithin', 'entries', 'group', 'groupToMap', 'keys', 'toLocaleString', 'toString', 'values'],
  String: [
    'charCodeAt',
    'localeCompare',
    'matchAll',
    'padEnd',
    'padStart',
    'repeat',
    'search',
    'toLocaleLowerCase',
    'toLocaleUpperCase',
    'valueOf',
  ],
};

const APPLY = ['apply', 'bind', 'call'];

/** Refuses methods APPSYNC_JS lacks, where the syntax alone proves which method is meant. */
export const methods: Rule = (unit, report) => {
  full(unit.program, (node) => {
    if (node.type === 'MemberExpression') {
      const missing = missingMethod(unit, node);
      if (missing) report(node, `@aws-appsync/no-disallowed-methods: Method ${missing} is not implemented`);
    }
    if (node.type === 'TaggedTemplateExpression' && !isImported(unit, node.tag)) {
      report(node, 'Tagged templates are supported only with sql of @aws-appsync/utils/rds.');
    }
  });
};

function missingMethod(unit: CodeUnit, { object, property, computed }: MemberExpression): string | undefined {
  if (computed || property.type !== 'Identifier') return undefined;
  const namespace = globalNamespace(unit, object);
  if (namespace !== undefined) {
    if (STATIC[namespace]?.includes(property.name)) return undefined;
    return `${namespace === 'Object' ? 'ObjectConstructor' : namespace}.${property.name}`;
  }
  if (APPLY.includes(property.name) && isNamedFunction(unit, object)) return `Function.${property.name}`;
  const type = literalType(object);
  return type && DENIED[type].includes(property.name) ? `${type}.${property.name}` : undefined;
}

function globalNamespace({ scopes }: CodeUnit, object: Expression | Super): string | undefined {
  if (object.type !== 'Identifier' || scopes.bindingOf(object)) return undefined;
  return Object.hasOwn(STATIC, object.name) ? object.name : undefined;
}

const isNamedFunction = ({ scopes }: CodeUnit, object: Expression | Super): boolean =>
  object.type === 'Identifier' && scopes.bindingOf(object)?.function !== undefined;

function literalType(object: Expression | Super): 'Array' | 'String' | undefined {
  if (object.type === 'ArrayExpression') return 'Array';
  if (object.type === 'TemplateLiteral') return 'String';
  return object.type === 'Literal' && typeof object.value === 'string' ? 'String' : undefined;
}

const isImported = ({ scopes }: CodeUnit, tag: Expression): boolean =>
  (tag.type === 'Identifier' && scopes.bindingOf(tag)?.kind === 'import') ||
  (tag.type === 'MemberExpression' &&
    tag.object.type !== 'Super' &&
    isImported({ scopes } as CodeUnit, tag.object));
