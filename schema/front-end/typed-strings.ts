import type { CodegenPlugin, Types } from '@graphql-codegen/plugin-helpers';
import { convertFactory } from '@graphql-codegen/visitor-plugin-common';
import {
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
  type ASTNode,
} from 'graphql';

/**
 * A plugin of GraphQL Code Generator: operations as the typed strings that Amplify's code generator writes.
 *
 * @param found hears of each file with operations
 */
export const typedStrings = (found: (file: string) => void): CodegenPlugin<Record<string, unknown>> => ({
  plugin: (_schema, documents, config) => {
    documents.forEach(({ location }) => found(location ?? ''));
    const { operations, fragments } = definitionsOf(documents);
    const typeName = convertFactory(config);
    return operations.map((operation) => typedString(operation, fragments, typeName)).join('\n');
  },
});

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function definitionsOf(documents: readonly Types.DocumentFile[]) {
  const all = documents.flatMap(({ document }) => document?.definitions ?? []);
  const operations = all.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = all.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { operations, fragments: new Map(fragments.map((node) => [node.name.value, node])) };
}

const GENERATED = {
  query: 'GeneratedQuery',
  mutation: 'GeneratedMutation',
  subscription: 'GeneratedSubscription',
};

function typedString(
  operation: OperationDefinitionNode,
  fragments: Fragments,
  typeName: (name: string) => string,
): string {
  const name = operation.name?.value ?? '';
  const type = typeName(name) + capital(operation.operation);
  const text = [operation, ...fragmentsOf(operation, fragments)].map((node) => print(node)).join('\n\n');
  const escaped = text.replace(/[\\`]|\$\{/g, '\\$&');
  return `export const ${name.charAt(0).toLowerCase()}${name.slice(1)} = /* GraphQL */ \`${escaped}\` as ${
    GENERATED[operation.operation]
  }<Types.${type}Variables, Types.${type}>;\n`;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** All that it spreads, and all that those spread, each once. */
function fragmentsOf(node: ASTNode, fragments: Fragments, found = new Set<FragmentDefinitionNode>()) {
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (fragment && !found.has(fragment)) {
        found.add(fragment);
        fragmentsOf(fragment, fragments, found);
      }
    },
  });
  return found;
}
