import type { GraphQLError } from 'graphql';
import { type FieldNode, getLocation } from 'graphql';
import type { RaisedError } from '../runtime/runtime.types.ts';
import { type Path, pathKeys, pathText } from './path.ts';
import type { GraphQLErrorEntry } from './request.ts';

/** An error in a document or its variables: it has no path and no type, and nothing was executed. */
export function requestError(error: GraphQLError): GraphQLErrorEntry {
  return {
    path: null,
    locations: error.locations?.map(({ line, column }) => ({ line, column, sourceName: null })) ?? null,
    message: error.message,
  };
}

/** An error that code or AppSync raised for a field, with AppSync's keys in AppSync's order. */
export function fieldError(raised: RaisedError, path: Path, node: FieldNode): GraphQLErrorEntry {
  return {
    path: pathKeys(path),
    data: raised.data ?? null,
    errorType: raised.errorType,
    errorInfo: raised.errorInfo ?? null,
    locations: locationsOf(node),
    message: raised.message,
  };
}

export function unauthorizedError(fieldName: string, typeName: string): RaisedError {
  return {
    message: `Not Authorized to access ${fieldName} on type ${typeName}`,
    errorType: 'Unauthorized',
    data: null,
    errorInfo: null,
  };
}

/** graphql-java's wording up to version 14, which AppSync still uses. */
export function nullError(typeName: string | null, parentType: string, path: Path): GraphQLErrorEntry {
  return completionError(
    `Cannot return null for non-nullable type: '${typeName}' within parent '${parentType}' (${pathText(path)})`,
    path,
  );
}

/** An error that the engine finds while it completes a value; it has no location. */
export function completionError(message: string, path: Path): GraphQLErrorEntry {
  return { path: pathKeys(path), locations: null, message };
}

function locationsOf(node: FieldNode): { line: number; column: number; sourceName: null }[] | null {
  if (!node.loc) {
    return null;
  }
  const { line, column } = getLocation(node.loc.source, node.loc.start);
  return [{ line, column, sourceName: null }];
}
