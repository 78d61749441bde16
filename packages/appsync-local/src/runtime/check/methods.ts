import type { Expression, MemberExpression, Super } from 'acorn';
import { full } from 'acorn-walk';
import { METHOD_NAMES } from '../known-methods.ts';
import type { CodeUnit, Rule } from './rule.ts';

const STATIC: Record<string, readonly string[]> = Object.fromEntries(
  Object.entries(METHOD_NAMES).filter(([owner]) => !owner.endsWith('.prototype')),
);

const APPLY = ['apply', 'bind', 'call'];

/**
 * Refuses methods that APPSYNC_JS lacks, where the syntax alone proves which method is meant. `types/denied-methods.ts` finds
 * those of strings and lists by their types.
 */
export const methods: Rule = (unit, report) => {
  full(unit.program, (node) => {
    if (node.type === 'MemberExpression') {
      const missing = missingMethod(unit, node);
      if (missing) {
        report(node, `@aws-appsync/no-disallowed-methods: Method ${missing} is not implemented`);
      }
    }
    if (node.type === 'TaggedTemplateExpression' && !isImported(unit, node.tag)) {
      report(node, 'Tagged templates are supported only with sql of @aws-appsync/utils/rds.');
    }
  });
};

function missingMethod(unit: CodeUnit, { object, property, computed }: MemberExpression): string | undefined {
  if (computed || property.type !== 'Identifier') {
    return undefined;
  }
  const namespace = globalNamespace(unit, object);
  if (namespace !== undefined) {
    if (STATIC[namespace]?.includes(property.name)) {
      return undefined;
    }
    return `${namespace === 'Object' ? 'ObjectConstructor' : namespace}.${property.name}`;
  }
  return APPLY.includes(property.name) && isNamedFunction(unit, object)
    ? `Function.${property.name}`
    : undefined;
}

function globalNamespace({ scopes }: CodeUnit, object: Expression | Super): string | undefined {
  if (object.type !== 'Identifier' || scopes.bindingOf(object)) {
    return undefined;
  }
  return Object.hasOwn(STATIC, object.name) ? object.name : undefined;
}

const isNamedFunction = ({ scopes }: CodeUnit, object: Expression | Super): boolean =>
  object.type === 'Identifier' && scopes.bindingOf(object)?.function !== undefined;

const isImported = ({ scopes }: CodeUnit, tag: Expression): boolean =>
  (tag.type === 'Identifier' && scopes.bindingOf(tag)?.kind === 'import') ||
  (tag.type === 'MemberExpression' &&
    tag.object.type !== 'Super' &&
    isImported({ scopes } as CodeUnit, tag.object));
