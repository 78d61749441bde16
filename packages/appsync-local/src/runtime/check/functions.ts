import type { AnyNode, CallExpression, Expression, SpreadElement, Super } from 'acorn';
import { full } from 'acorn-walk';
import type { CodeUnit, Report, Rule } from './rule.ts';
import { isFunction } from './scopes.ts';

/** The methods that take a function (@aws-appsync/eslint-plugin 2.0.2, `no-function-passing`). */
const TAKE_FUNCTIONS: ReadonlySet<string> = new Set([
  'map',
  'find',
  'filter',
  'findIndex',
  'findLast',
  'findLastIndex',
  'forEach',
  'reduce',
  'reduceRight',
  'every',
  'some',
  'flatMap',
]);

const PASSED = '@aws-appsync/no-function-passing: Functions can not be passed as an argument';
const RETURNED = '@aws-appsync/no-function-return: returning a function is not allowed';
const REASSIGNED = '@aws-appsync/no-function-reassign: re-assigning function is not allowed';

/** Allows functions only to be declared and called, not passed around as values. */
export const functions: Rule = (unit, report) => {
  full(unit.program, (node) => judge(unit, node, report));
};

function judge(unit: CodeUnit, node: AnyNode, report: Report): void {
  switch (node.type) {
    case 'CallExpression':
      if (passesFunction(unit, node)) {
        report(node, PASSED);
      }
      return;
    case 'ReturnStatement':
      if (node.argument && standsForFunction(unit, node.argument)) {
        report(node, RETURNED);
      }
      return;
    case 'ArrowFunctionExpression':
      if (node.body.type !== 'BlockStatement' && standsForFunction(unit, node.body)) {
        report(node, RETURNED);
      }
      return;
    case 'VariableDeclarator':
      if (node.init && namesFunction(unit, node.init)) {
        report(node, REASSIGNED);
      }
      return;
    case 'AssignmentExpression':
      if (node.operator === '=' && namesFunction(unit, node.right)) {
        report(node, REASSIGNED);
      }
  }
}

const passesFunction = (unit: CodeUnit, { callee, arguments: passed }: CallExpression): boolean =>
  passed.some((argument) => standsForFunction(unit, argument)) && !takesFunctions(callee);

const takesFunctions = (callee: Expression | Super): boolean =>
  callee.type === 'MemberExpression' &&
  !callee.computed &&
  callee.property.type === 'Identifier' &&
  TAKE_FUNCTIONS.has(callee.property.name);

const standsForFunction = (unit: CodeUnit, node: Expression | SpreadElement): boolean =>
  isFunction(node) || namesFunction(unit, node);

const namesFunction = ({ scopes }: CodeUnit, node: Expression | SpreadElement): boolean =>
  node.type === 'Identifier' && scopes.bindingOf(node)?.function !== undefined;
