import ts from 'typescript';
import type { Span } from './names-of-others.ts';
import { type Knowledge, type Renaming, renamed } from './rename-text.ts';

/** A source of TypeScript or JavaScript, and what it needs to know of the files around it. */
export interface Source {
  /** Below the project's root. */
  file: string;
  text: string;
  /** Whether a module that it imports is of this app, and thus renamed as well. */
  isOurs(specifier: string): boolean;
  /** Whether the bare name is the type wherever it stands, in texts too: in a folder that has no business with DynamoDB. */
  isAlwaysType: boolean;
  /** Whether texts in it speak of DynamoDB's JSON. */
  isDynamoDb: boolean;
}

/** A source under the new names: by its syntax tree where the words alone do not tell whose a name is. */
export function renamedCode(source: Source, renaming: Renaming): string {
  return renamed(source.text, renaming, knowledgeOf(source, renaming.type.from.pascal.one));
}

/** How often each name stands in the code; comments and texts do not count. */
export function namesIn({ file, text }: Pick<Source, 'file' | 'text'>): Map<string, number> {
  const names = new Map<string, number>();
  visit(treeOf(file, text), (node) => {
    if (ts.isIdentifier(node)) {
      names.set(node.text, (names.get(node.text) ?? 0) + 1);
    }
  });
  return names;
}

function knowledgeOf(source: Source, type: string): Knowledge {
  const tree = treeOf(source.file, source.text);
  const foreign = new Set<string>();
  const ours = new Set<string>();
  const others: Span[] = [];
  const inCode = new Map<number, boolean>();
  visit(tree, (node) => {
    if (ts.isIdentifier(node) && node.text === type) {
      inCode.set(node.getStart(tree), isTypeName(node));
    }
    const module = moduleOf(node);
    if (module) {
      const isOurs = source.isOurs(module.text);
      importedNames(node).forEach((name) => (isOurs ? ours : foreign).add(name));
      if (!isOurs) {
        others.push({ from: module.getStart(tree), to: module.end });
      }
    }
  });
  const isType = (offset: number): boolean | undefined => (source.isAlwaysType ? true : inCode.get(offset));
  const isOurs = (name: string): boolean => source.isAlwaysType || ours.has(name);
  return { foreign, others, isOurs, isDynamoDb: source.isDynamoDb, isType };
}

function treeOf(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, each: (node: ts.Node) => void): void {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}

/** A type's declaration, its import or export, or where it is referred to; no variable, and no member of an object. */
function isTypeName({ parent }: ts.Identifier): boolean {
  return (
    ts.isTypeReferenceNode(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isTypeAliasDeclaration(parent) ||
    ts.isInterfaceDeclaration(parent) ||
    ts.isTypeParameterDeclaration(parent) ||
    ts.isExpressionWithTypeArguments(parent)
  );
}

function moduleOf(node: ts.Node): ts.StringLiteral | undefined {
  const isOne = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
  const module = isOne ? node.moduleSpecifier : ts.isCallExpression(node) ? dynamicModule(node) : undefined;
  return module && ts.isStringLiteral(module) ? module : undefined;
}

const dynamicModule = ({ expression, arguments: given }: ts.CallExpression): ts.Expression | undefined =>
  expression.kind === ts.SyntaxKind.ImportKeyword ? given[0] : undefined;

function importedNames(node: ts.Node): string[] {
  const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
  return bindings && ts.isNamedImports(bindings)
    ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
    : [];
}
