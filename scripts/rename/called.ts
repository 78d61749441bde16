/** What the project calls things at present; the command itself writes this file anew. */
export const CALLED = {
  /** The package and the stack, without its stage. */
  product: 'appsync-items',
  /** The GraphQL type, and its plural. */
  type: 'Item',
  plural: 'Items',
};
