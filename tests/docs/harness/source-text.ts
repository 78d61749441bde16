import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './pages.ts';

/** Stands for a value that is only known when the message is made. */
export const VALUE = '…';

/** A TypeScript file of the project, parsed. */
export interface SourceFile {
  /** Relative to the project's root. */
  file: string;
  tree: ts.SourceFile;
}

/** Many tests ask for the same folders, and to parse them took most of their time. */
const parsed = new Map<string, SourceFile[]>();

/** Every `.ts` file below a folder, parsed; declarations and generated code are left out. */
export function sourceFiles(folder: string): SourceFile[] {
  const files = parsed.get(folder) ?? parse(folder);
  parsed.set(folder, files);
  return files;
}

const parse = (folder: string): SourceFile[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      const text = readFileSync(join(root, file), 'utf8');
      return { file, tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true) };
    });

/** All nodes of a file, in the order of the text. */
export function nodesOf(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (one: ts.Node): void => {
    nodes.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return nodes;
}

/** The name of what is called or constructed: `error` of `util.error(…)`, `StartFailure` of `new StartFailure(…)`. */
export function calleeOf(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) {
    return null;
  }
  const { expression } = node;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
}

/**
 * The texts an expression can become, each value in them as `…`: one for a literal, two for a choice between two,
 * none for an expression that is no text of its own, such as the message of another error.
 */
export function textsOf(node: ts.Expression | undefined): string[] {
  if (node === undefined) {
    return [];
  }
  if (ts.isStringLiteralLike(node)) {
    return [node.text];
  }
  if (ts.isTemplateExpression(node)) {
    const text = node.templateSpans.reduce((sum, { literal }) => sum + VALUE + literal.text, node.head.text);
    return text.split(VALUE).join('').trim() === '' ? [] : [text];
  }
  if (ts.isConditionalExpression(node)) {
    return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  }
  if (ts.isParenthesizedExpression(node)) {
    return textsOf(node.expression);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [textsOf(node.left), textsOf(node.right)];
    return left.flatMap((before) => (right.length > 0 ? right : [VALUE]).map((after) => before + after));
  }
  return [];
}
