import type { AnyNode, Expression, PrivateIdentifier, Property, SpreadElement, Super } from 'acorn';
import type { Scopes } from './check/scopes.ts';
import { isFunction } from './check/scopes.ts';

type Operand = Expression | PrivateIdentifier | SpreadElement | Super | null;

/** `null`, `undefined` or `void …`. */
export function isNullish(node: AnyNode, scopes: Scopes): boolean {
  switch (node.type) {
    case 'Literal':
      return node.raw === 'null';
    case 'Identifier':
      return node.name === 'undefined' && scopes.bindingOf(node) === undefined;
    case 'UnaryExpression':
      return node.operator === 'void';
    default:
      return false;
  }
}

/** True for an expression that certainly is neither null nor undefined. */
export function isNeverNullish(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
      return node.raw !== 'null';
    case 'UnaryExpression':
      return node.operator !== 'void';
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'ObjectExpression':
    case 'ArrayExpression':
      return true;
    case 'ConditionalExpression':
      return isNeverNullish(node.consequent) && isNeverNullish(node.alternate);
    case 'LogicalExpression':
      return isNeverNullish(node.right) && (node.operator !== '&&' || isNeverNullish(node.left));
    default:
      return isFunction(node);
  }
}

/** True for an expression without observable evaluation: it calls nothing, assigns nothing and reads nothing that could fail. */
export function isInert(node: Operand): boolean {
  switch (node?.type) {
    case undefined:
    case 'Literal':
    case 'Identifier':
      return true;
    case 'TemplateLiteral':
      return node.expressions.every((expression) => expression.type === 'Literal');
    case 'UnaryExpression':
      return node.operator !== 'delete' && node.argument.type === 'Literal';
    case 'ArrayExpression':
      return node.elements.every(isInert);
    case 'ObjectExpression':
      return node.properties.every(isInertMember);
    default:
      return isFunction(node);
  }
}

const isInertMember = (member: Property | SpreadElement): boolean =>
  member.type === 'Property' && !member.computed && isInert(member.value);
