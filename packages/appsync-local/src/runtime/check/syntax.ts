import type { AnyNode } from 'acorn';
import { full } from 'acorn-walk';
import type { Report, Rule } from './rule.ts';

type Judge = (node: never) => string | undefined;
type Judges = { [type in AnyNode['type']]?: (node: Extract<AnyNode, { type: type }>) => string | undefined };

const operator = (sign: string) =>
  `@aws-appsync/no-disallowed-unary-operators: The operator ${sign} is not supported`;

const asyncFunction = '@aws-appsync/no-async: Async functions are not supported.';
const generator = '@aws-appsync/no-generators: Generator functions are not supported.';
const aClass = '@aws-appsync/no-classes: Class declarations are not supported.';

const functionKind = (node: { async: boolean; generator: boolean }) =>
  node.async ? asyncFunction : node.generator ? generator : undefined;

/**
 * Syntax outside APPSYNC_JS (AppSync developer guide, "Supported runtime features"), worded as
 * @aws-appsync/eslint-plugin 2.0.2 does where it has a rule; AppSync runs that plugin on upload
 * (aws/aws-appsync-community#325).
 */
const FORBIDDEN: Judges = {
  ForStatement: () => '@aws-appsync/no-for: For statements are not supported.',
  WhileStatement: () => '@aws-appsync/no-while: While statements are not supported.',
  DoWhileStatement: () => '@aws-appsync/no-while: do...while statements are not supported.',
  ContinueStatement: () => '@aws-appsync/no-continue: Continue statements are not supported',
  LabeledStatement: () => '@aws-appsync/no-labels: Labeled statements are not supported.',
  TryStatement: () => '@aws-appsync/no-try: Try statements are not supported.',
  ThrowStatement: () => 'Throw statements are not supported. Raise an error with util.error().',
  ClassDeclaration: () => aClass,
  ClassExpression: () => aClass,
  ThisExpression: () => '@aws-appsync/no-this: This expressions are not supported.',
  YieldExpression: () => '@aws-appsync/no-yield: Yield statements are not supported',
  AwaitExpression: () => '@aws-appsync/no-await: The `await` keyword is not supported',
  ForOfStatement: (node) =>
    node.await ? '@aws-appsync/no-await: The `await` keyword is not supported' : undefined,
  FunctionDeclaration: functionKind,
  FunctionExpression: functionKind,
  ArrowFunctionExpression: functionKind,
  AssignmentExpression: (node) =>
    // The linter has no rule for it; a user found it unsupported (aws/aws-appsync-community#353).
    node.operator === '??=' ? 'The operator ??= is not supported. Write a = a ?? b.' : undefined,
  UpdateExpression: (node) => operator(node.operator),
  UnaryExpression: (node) => (node.operator === '~' ? operator('~') : undefined),
  BinaryExpression: (node) => {
    if (node.operator === 'in') {
      return '@aws-appsync/no-in-operator: in operator is not supported. Use Object.hasOwn().';
    }
    return node.operator === 'instanceof'
      ? '@aws-appsync/no-disallowed-binary-operator: The operator instanceof is not supported'
      : undefined;
  },
  Literal: (node) => {
    if (node.regex) {
      return '@aws-appsync/no-regex: Regex literals are not supported.';
    }
    return node.bigint ? 'BigInt literals are not supported.' : undefined;
  },
  NewExpression: (node) =>
    node.callee.type === 'Identifier' && node.callee.name === 'Promise'
      ? '@aws-appsync/no-promise: Promise is not supported'
      : 'New expressions are not supported.',
  ImportExpression: () => 'Dynamic imports are not supported.',
  MetaProperty: (node) => `${node.meta.name}.${node.property.name} is not supported.`,
  Property: (node) => (node.kind === 'init' ? undefined : 'Getters and setters are not supported.'),
  DebuggerStatement: () => 'Debugger statements are not supported.',
};

export const syntax: Rule = ({ program }, report: Report) => {
  full(program, (node) => {
    const judge = FORBIDDEN[node.type] as Judge | undefined;
    const message = judge?.(node as never);
    if (message !== undefined) {
      report(node, message);
    }
  });
};
