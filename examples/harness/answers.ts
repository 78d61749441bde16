import type { GraphQLError, GraphQLResult } from 'appsync-local';

/** The data of an operation that must succeed. @throws Error when it did not */
export function dataOf<Data>({ data, errors }: GraphQLResult<Data>): Data {
  if (errors) {
    throw new Error(`unexpected errors: ${JSON.stringify(errors)}`);
  }
  return data!;
}

/** The only error of an operation that must fail. @throws Error when it succeeded, or has several */
export function errorOf({ data, errors }: GraphQLResult): GraphQLError {
  if (errors?.length !== 1) {
    throw new Error(`expected one error, got ${JSON.stringify({ data, errors })}`);
  }
  return errors[0]!;
}
