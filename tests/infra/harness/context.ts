import { type Node, RootConstruct } from 'constructs';

/** A node with this context, as that of an app. An app would make a folder for its assembly, too. */
export function nodeWith(context: Record<string, unknown>): Node {
  const { node } = new RootConstruct();
  for (const [key, value] of Object.entries(context)) {
    node.setContext(key, value);
  }
  return node;
}
