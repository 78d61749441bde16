import { members, type Operation } from './dynamodb-operation.ts';
import { Aliases } from './expressions.ts';
import { readPage } from './page.ts';
import { readInput } from './read-input.ts';
import { checkMembers, readOptionalInteger } from './read-request.ts';

/** `scanIndexForward` is in the type of the `scan` helper, and has no effect (docs/facts/dynamodb.md#scan). */
const MEMBERS = members(
  'index',
  'limit',
  'nextToken',
  'scanIndexForward',
  'consistentRead',
  'totalSegments',
  'segment',
  'filter',
  'projection',
  'select',
);

/** Returns one page of a table or index (docs/facts/dynamodb.md#scan). */
export const scan: Operation = (request, place, invocation) => {
  checkMembers(request, MEMBERS, '$');
  const segment = readOptionalInteger(request.segment, '$[segment]');
  const totalSegments = readOptionalInteger(request.totalSegments, '$[totalSegments]');
  const aliases = new Aliases();
  const input = {
    ...readInput(request, place.tableName, aliases),
    ...(segment !== undefined && { Segment: segment }),
    ...(totalSegments !== undefined && { TotalSegments: totalSegments }),
    ...aliases.parameters(),
  };
  const boundTo = [request.index ?? null, segment ?? null, totalSegments ?? null];
  return readPage('Scan', input, request, place, invocation, boundTo);
};
