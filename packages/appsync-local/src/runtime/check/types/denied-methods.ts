import type { CallExpression, Node, SourceFile, TypeChecker } from 'typescript';
import type { Finding } from './findings.ts';
import { loadTypeScript } from './typescript.ts';

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

/**
 * Finds calls of methods that @aws-appsync/eslint-plugin 2.0.2 refuses by the receiver's type (`no-disallowed-methods`), as
 * AppSync does on upload (aws/aws-appsync-community#325 shows another rule of the plugin at work there).
 */
export function deniedMethods(source: SourceFile, checker: TypeChecker): Finding[] {
  const ts = loadTypeScript();
  const found: Finding[] = [];
  const visit = (node: Node): void => {
    const method = ts.isCallExpression(node) ? deniedMethod(node, checker) : undefined;
    if (method !== undefined) {
      const { expression } = node as CallExpression;
      const start = expression.getStart(source);
      const message = `@aws-appsync/no-disallowed-methods: Method ${method} is not implemented`;
      found.push({ start, length: expression.end - start, message });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `String.padStart`, by the interface of TypeScript's library that declares the called method. */
function deniedMethod({ expression }: CallExpression, checker: TypeChecker): string | undefined {
  const ts = loadTypeScript();
  if (!ts.isPropertyAccessExpression(expression)) {
    return undefined;
  }
  const name = expression.name.text;
  const type = (['Array', 'String'] as const).find((type) => DENIED[type].includes(name));
  const declaration = type && checker.getSymbolAtLocation(expression)?.valueDeclaration;
  if (!declaration || !ts.isMethodSignature(declaration)) {
    return undefined;
  }
  const { parent } = declaration;
  return ts.isInterfaceDeclaration(parent) && parent.name.text === type ? `${type}.${name}` : undefined;
}
