import { isRecord } from '../../ground/record.ts';
import { map, members } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';
import type { TypedValue } from '../util/typed-values.ts';
import { aliases } from './expressions.ts';
import { clauseOf, isListUpdate, isOperation } from './update-markers.ts';
import type { Operation } from './update-markers.ts';
import { isSet, typed } from './values.ts';

/** A change of one attribute, or of one member inside it. */
interface Change {
  path: string[];
  operation: Operation;
}

/** Always has all three members, unlike conditions (localstack/appsync-utils, dynamodb/index.js). */
interface UpdateExpression {
  expression: string;
  expressionNames: Record<string, string>;
  expressionValues: Record<string, TypedValue>;
}

/**
 * Renders the update expression of `update` and of a transaction's `updateItem`. A plain object inside the update changes only
 * the given members; `operations.replace` replaces the whole object (@aws-appsync/utils 2.1.1, dynamodb-helpers.d.ts).
 *
 * @throws HelperFailure unless `update` is an object
 */
export function updateExpression(update: unknown, what: string): UpdateExpression {
  const changes = changesOf(map(update, what), []);
  const names = aliases();
  const expressionValues: Record<string, TypedValue> = {};
  const bind = (value: unknown): string => {
    const placeholder = `:expValue_${Object.keys(expressionValues).length + 1}`;
    expressionValues[placeholder] = typed(value);
    return placeholder;
  };
  const pathOf = ({ path }: Change) => path.map(names.aliasOf).join('.');
  const sets = changes.flatMap(
    (change) => clauseOf(change.operation)?.(change.operation, pathOf(change), bind) ?? [],
  );
  const removals = changes.filter(({ operation }) => !clauseOf(operation)).map(pathOf);
  const clauses = [keyword('SET', sets), keyword('REMOVE', removals)].filter((clause) => clause !== '');
  if (clauses.length === 0) {
    throw new HelperFailure(`${what} changes nothing`);
  }
  return { expression: clauses.join(' '), expressionNames: names.all(), expressionValues };
}

const keyword = (word: string, clauses: string[]): string =>
  clauses.length > 0 ? `${word} ${clauses.join(', ')}` : '';

const changesOf = (update: Record<string, unknown>, parent: string[]): Change[] =>
  members(update).flatMap(([name, value]) => {
    const path = [...parent, name];
    if (isOperation(value)) {
      return [{ path, operation: value }];
    }
    if (isListUpdate(value)) {
      return value.map((operation) => ({ path, operation }));
    }
    if (isRecord(value) && !isSet(value) && members(value).length > 0) {
      return changesOf(value, path);
    }
    return [{ path, operation: { type: 'OPERATION_REPLACE', value } }];
  });
