import type { SchemaError } from '../kind.ts';

/**
 * Takes in what a subschema reported that was reached by `$ref`, as if it stood there: its place is needed to tell the branches of
 * `oneOf` apart, and the name to say that it is a name which is wrong.
 *
 * @param errors so far; they are added to in place, because copying them for every element of a long list takes its square of time
 * @param found by the subschema
 * @param place of the reference: `#/properties/shape/oneOf/0/$ref`
 * @param propertyName of the member whose name is looked at, below `propertyNames`
 * @returns all errors, null for none
 */
export function withErrorsOfReference(
  errors: SchemaError[] | null,
  found: readonly SchemaError[] | null,
  place: string,
  propertyName?: string,
): SchemaError[] | null {
  if (found === null) {
    return errors;
  }
  const placed = found.map((error) => ({
    ...error,
    schemaPath: `${place}${error.schemaPath.slice(1)}`,
    ...(propertyName !== undefined && { propertyName }),
  }));
  if (errors === null) {
    return placed;
  }
  for (const error of placed) {
    errors.push(error);
  }
  return errors;
}
