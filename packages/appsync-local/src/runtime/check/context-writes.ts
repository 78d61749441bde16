import type { AnyNode, Identifier, MemberExpression } from 'acorn';
import { HANDLERS, exportsOf } from './exports.ts';
import type { CodeUnit, Rule } from './rule.ts';
import type { Reference } from './scopes.ts';

const RULE = '@aws-appsync/no-disallowed-re-assignment';

/**
 * Refuses assignments to the context and its top-level members; members further inside may be assigned (`ctx.stash.x = 1`).
 * Like the plugin's rule, this one looks only at the first parameter of the handlers.
 */
export const contextWrites: Rule = (unit, report) => {
  const handlers = handlerFunctions(unit);
  for (const reference of unit.scopes.references) {
    const { binding, identifier } = reference;
    if (binding?.kind !== 'parameter' || handlers.get(binding.scope) !== binding.name) {
      continue;
    }
    if (isTarget(identifier, reference.ancestors.at(-1))) {
      report(identifier, `${RULE}: ${identifier.name} is readonly and re-assignment is not supported.`);
    }
    const member = writtenMember(reference);
    if (member) {
      report(member, `${RULE}: ${refusal(identifier, member)}`);
    }
  }
};

/** Handler function → the name of its context parameter. */
function handlerFunctions({ program, scopes }: CodeUnit): Map<AnyNode, string> {
  const exported = exportsOf(program);
  const found = new Map<AnyNode, string>();
  for (const name of HANDLERS) {
    const handler = scopes.topLevel(exported.get(name) ?? name)?.function;
    const parameter = handler?.params[0];
    if (handler && parameter?.type === 'Identifier') {
      found.set(handler, parameter.name);
    }
  }
  return found;
}

function writtenMember({ identifier, ancestors }: Reference): MemberExpression | undefined {
  const member = ancestors.at(-1);
  const parent = ancestors.at(-2);
  if (member?.type !== 'MemberExpression' || member.object !== identifier) {
    return undefined;
  }
  const isDeleted = parent?.type === 'UnaryExpression' && parent.operator === 'delete';
  return isDeleted || isTarget(member, parent) ? member : undefined;
}

const isTarget = (node: AnyNode, parent: AnyNode | undefined): boolean =>
  (parent?.type === 'AssignmentExpression' ||
    parent?.type === 'ForInStatement' ||
    parent?.type === 'ForOfStatement') &&
  parent.left === node;

function refusal({ name }: Identifier, { property }: MemberExpression): string {
  if (property.type === 'Identifier') {
    return `${name} is readonly. Adding/Updating ${property.name} is not supported.`;
  }
  if (property.type === 'Literal') {
    return `${name} is readonly. Adding/Updating ${property.value} is not supported.`;
  }
  return `${name} is readonly adding/modifying properties is not supported.`;
}
