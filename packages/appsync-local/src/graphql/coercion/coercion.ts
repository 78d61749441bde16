import type { ValueNode } from 'graphql';

/** How one scalar or enum takes values in and gives them out; the reasons it gives are AppSync's words. */
export interface Coercion {
  /** A value of a variable. @throws Unfit */
  parseValue(value: unknown): unknown;
  /** A literal in the document. @throws Unfit */
  parseLiteral(node: ValueNode): unknown;
  /** A value on its way to the client. @throws Unfit */
  serialize(value: unknown): unknown;
}

/** A value that a type does not take. The message is a sentence for the client. */
export class Unfit extends Error {
  override name = 'Unfit';
}
