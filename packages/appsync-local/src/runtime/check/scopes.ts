import type { AnyNode, Identifier, Pattern, Program, VariableDeclaration } from 'acorn';
import { fullAncestor } from 'acorn-walk';

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

/** One declared name. */
export interface Binding {
  name: string;
  kind: 'function' | 'variable' | 'parameter' | 'import' | 'class';
  /** The program, function, block or loop it is declared in. */
  scope: AnyNode;
  /** The function that this name certainly stands for: a function declaration, or a variable initialized with a function. */
  function?: FunctionNode;
}

/** One use of a name, as a value or as the target of an assignment. */
export interface Reference {
  identifier: Identifier;
  /** Absent for a name that nothing in the code declares. */
  binding: Binding | undefined;
  /** From the program down to the identifier's parent. */
  ancestors: AnyNode[];
}

/** Says what each name refers to, by the scoping rules of ECMAScript modules. */
export interface Scopes {
  references: Reference[];
  /** Undefined for declarations and for names that nothing declares. */
  bindingOf(identifier: Identifier): Binding | undefined;
  /** The declaration of a name at the top level of the module. */
  topLevel(name: string): Binding | undefined;
}

type Table = Map<AnyNode, Map<string, Binding>>;

interface Site {
  identifier: Identifier;
  ancestors: AnyNode[];
}

export function analyzeScopes(program: Program): Scopes {
  const tables: Table = new Map();
  const declarations = new Set<AnyNode>();
  const sites: Site[] = [];
  fullAncestor(program, (node, _state, ancestors) => {
    declare(node, ancestors, tables, declarations);
    if (node.type === 'Identifier') {
      sites.push({ identifier: node, ancestors: ancestors.slice(0, -1) });
    }
  });
  const references = sites
    .filter(({ identifier }) => !declarations.has(identifier))
    .map((site) => ({ ...site, binding: resolve(site, tables) }));
  const bindings = new Map(references.map(({ identifier, binding }) => [identifier, binding]));
  return {
    references,
    bindingOf: (identifier) => bindings.get(identifier),
    topLevel: (name) => tables.get(program)?.get(name),
  };
}

export const isFunction = (node: AnyNode | null | undefined): node is FunctionNode =>
  node?.type === 'FunctionDeclaration' ||
  node?.type === 'FunctionExpression' ||
  node?.type === 'ArrowFunctionExpression';

function resolve({ identifier, ancestors }: Site, tables: Table): Binding | undefined {
  for (let depth = ancestors.length - 1; depth >= 0; depth -= 1) {
    const scope = ancestors[depth] as AnyNode;
    if (isOutside(scope, ancestors[depth + 1] ?? identifier)) {
      continue;
    }
    const found = tables.get(scope)?.get(identifier.name);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** The expression of a `switch` cannot see what its cases declare. */
const isOutside = (scope: AnyNode, child: AnyNode): boolean =>
  scope.type === 'SwitchStatement' && scope.discriminant === child;

function declare(node: AnyNode, ancestors: AnyNode[], tables: Table, declarations: Set<AnyNode>): void {
  const add: Add = (scope, identifier, binding) => {
    declarations.add(identifier);
    const table = tables.get(scope) ?? new Map<string, Binding>();
    tables.set(scope, table.set(identifier.name, { name: identifier.name, scope, ...binding }));
  };
  if (isFunction(node)) {
    return declareFunction(node, ancestors, add);
  }
  switch (node.type) {
    case 'VariableDeclaration':
      return declareVariables(node, ancestors, add);
    case 'ImportSpecifier':
    case 'ImportDefaultSpecifier':
    case 'ImportNamespaceSpecifier':
      return add(ancestors[0] as AnyNode, node.local, { kind: 'import' });
    case 'ClassDeclaration':
    case 'ClassExpression':
      if (node.id) {
        add(enclosingScope(ancestors), node.id, { kind: 'class' });
      }
      return;
    case 'CatchClause':
      for (const name of namesOf(node.param)) {
        add(node, name, { kind: 'parameter' });
      }
  }
}

type Add = (scope: AnyNode, identifier: Identifier, binding: Omit<Binding, 'name' | 'scope'>) => void;

function declareFunction(node: FunctionNode, ancestors: AnyNode[], add: Add): void {
  for (const parameter of node.params) {
    for (const name of namesOf(parameter)) {
      add(node, name, { kind: 'parameter' });
    }
  }
  if (!node.id) {
    return;
  }
  // The name of a function expression is visible only inside it.
  const scope = node.type === 'FunctionDeclaration' ? enclosingScope(ancestors) : node;
  add(scope, node.id, { kind: 'function', function: node });
}

function declareVariables(node: VariableDeclaration, ancestors: AnyNode[], add: Add): void {
  const scope = node.kind === 'var' ? enclosingFunction(ancestors) : enclosingScope(ancestors);
  for (const { id, init } of node.declarations) {
    const value = isFunction(init) && id.type === 'Identifier' ? init : undefined;
    for (const name of namesOf(id)) {
      add(scope, name, { kind: 'variable', ...(value && { function: value }) });
    }
  }
}

const SCOPES = new Set([
  'Program',
  'BlockStatement',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'StaticBlock',
]);

const enclosingScope = (ancestors: AnyNode[]): AnyNode =>
  ancestors.slice(0, -1).findLast((node) => SCOPES.has(node.type) || isFunction(node)) as AnyNode;

/** The program or a function's body: parameter defaults cannot see a `var` of the body. */
function enclosingFunction(ancestors: AnyNode[]): AnyNode {
  const found = ancestors.findLast((node) => node.type === 'Program' || isFunction(node)) as AnyNode;
  return isFunction(found) ? found.body : found;
}

function namesOf(pattern: Pattern | null | undefined): Identifier[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesOf(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesOf);
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    default:
      return [];
  }
}
