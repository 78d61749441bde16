import type { ValueNode } from 'graphql';

/** Coerces the values of one scalar or enum, in both directions; its reasons are in AppSync's words. */
export interface Coercion {
  /** Reads a variable's value. @throws Unfit */
  parseValue(value: unknown): unknown;
  /** Reads a literal of the document. @throws Unfit */
  parseLiteral(node: ValueNode): unknown;
  /** Converts a value for the client. @throws Unfit */
  serialize(value: unknown): unknown;
}

/** A value that a type does not accept. The message is a sentence for the client. */
export class Unfit extends Error {
  override name = 'Unfit';
}
