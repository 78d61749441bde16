/** Introspection fields of graphql-js that graphql-java 11 lacks (its `Introspection.java`). */
const NEWER = new Set([
  '__Schema.description',
  '__Type.specifiedByURL',
  '__Type.isOneOf',
  '__Type.inputFields(includeDeprecated:)',
  '__Field.args(includeDeprecated:)',
  '__Directive.isRepeatable',
  '__Directive.args(includeDeprecated:)',
  '__InputValue.isDeprecated',
  '__InputValue.deprecationReason',
]);

/** Whether a field of an introspection type, or one of its arguments, is newer than AppSync's generation. */
export const isNewerThanAppSync = (typeName: string, fieldName: string, argumentName?: string): boolean =>
  NEWER.has(`${typeName}.${fieldName}${argumentName === undefined ? '' : `(${argumentName}:)`}`);
