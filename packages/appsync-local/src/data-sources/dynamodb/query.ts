import { members, type Operation } from './dynamodb-operation.ts';
import { exactPrefix } from './exact-prefix.ts';
import { Aliases, readExpression } from './expressions.ts';
import { checkKeyCondition } from './key-condition.ts';
import { readPage } from './page.ts';
import { readInput } from './read-input.ts';
import { checkMembers, readOptionalBoolean, readOptionalString } from './read-request.ts';

const MEMBERS = members(
  'query',
  'index',
  'limit',
  'nextToken',
  'scanIndexForward',
  'consistentRead',
  'select',
  'filter',
  'projection',
);

/** Returns one page of the items under a key condition (docs/facts/dynamodb.md#query). */
export const query: Operation = (request, place, invocation) => {
  checkMembers(request, MEMBERS, '$');
  const condition = readExpression(request.query, '$[query]');
  const forward = readOptionalBoolean(request.scanIndexForward, '$[scanIndexForward]');
  const key = place.keyTypes(readOptionalString(request.index, '$[index]'));
  if (key) {
    checkKeyCondition(condition, key);
  }
  const aliases = new Aliases();
  const input = {
    KeyConditionExpression: aliases.add(exactPrefix(condition)),
    ...readInput(request, place.tableName, aliases),
    ...(forward !== undefined && { ScanIndexForward: forward }),
    ...aliases.parameters(),
  };
  return readPage('Query', input, request, place, invocation, [request.index ?? null, condition]);
};
