import { randomUUID } from 'node:crypto';
import type { PutEvents, PutEventsEntry } from '../events/put-events.ts';
import { isRecord } from '../ground/record.ts';
import type { DataSourceModel } from '../template/app-model.ts';
import { answered, type DataSource, failed } from './data-source.ts';
import { checkRequest, type Refusal, refuse, unknownMember } from './request-shape.ts';

/**
 * Creates a data source for an event bus (docs/facts/data-sources.md#event-bridge). `ctx.result` reports entries that fail;
 * only a request that is refused as a whole sets `ctx.error`.
 */
export function createEventBridgeDataSource(
  { name, busName }: DataSourceModel & { type: 'AMAZON_EVENTBRIDGE' },
  putEvents: PutEvents,
): DataSource {
  return {
    name,
    type: 'AMAZON_EVENTBRIDGE',
    invoke: (request) => {
      const entries = parseRequest(request);
      if ('kind' in entries) {
        return Promise.resolve(entries);
      }
      const answer = putEvents(busName, entries);
      return Promise.resolve(
        answer.kind === 'refused'
          ? failed(refusedByService(answer.message))
          : answered({ Entries: answer.Entries, FailedEntryCount: answer.FailedEntryCount }),
      );
    },
  };
}

/** Follows DynamoDB's errors (docs/facts/dynamodb.md#error-words); AppSync's names for EventBridge's errors are not recorded. */
const refusedByService = (message: string) => ({
  type: 'EventBridge:EventBridgeException',
  message: `${message} (Service: EventBridge, Status Code: 400, Request ID: ${randomUUID()})`,
});

function parseRequest(value: unknown): PutEventsEntry[] | Refusal {
  const { request, refusal } = checkRequest(value, ['operation', 'events'], []);
  if (refusal) {
    return refusal;
  }
  const { operation, events } = request;
  if (operation !== 'PutEvents') {
    return refuse(
      `Unsupported operation '${String(operation)}'. An EventBridge data source takes PutEvents.`,
    );
  }
  if (!Array.isArray(events)) {
    return refuse("Value for field '$[events]' must be an array.");
  }
  const entries = events.map((event, index) => parseEvent(event, `$[events][${index}]`));
  const refused = entries.find((entry): entry is Refusal => 'kind' in entry);
  return refused ?? (entries as PutEventsEntry[]);
}

const MEMBERS = ['source', 'detail', 'detailType', 'resources', 'time'];

/** EventBridge itself checks required members, and fails the entry instead of the request. */
function parseEvent(event: unknown, path: string): PutEventsEntry | Refusal {
  if (!isRecord(event)) {
    return refuse(`Value for field '${path}' must be an object.`);
  }
  const unknown = unknownMember(event, MEMBERS);
  if (unknown) {
    return refuse(`Unsupported element '${path}[${unknown}]'.`);
  }
  const { source, detail, detailType, resources, time } = event;
  for (const [name, one] of Object.entries({ source, detailType, time })) {
    if (isGiven(one) && typeof one !== 'string') {
      return refuse(`Value for field '${path}[${name}]' must be a string.`);
    }
  }
  if (isGiven(resources) && !isListOfTexts(resources)) {
    return refuse(`Value for field '${path}[resources]' must be an array of strings.`);
  }
  if (isGiven(time) && Number.isNaN(Date.parse(time as string))) {
    return refuse(
      `Value for field '${path}[time]' must be a time as RFC 3339 writes it, got '${String(time)}'.`,
    );
  }
  return {
    ...(isGiven(source) && { Source: source as string }),
    ...(isGiven(detailType) && { DetailType: detailType as string }),
    ...(isGiven(detail) && { Detail: JSON.stringify(detail) }),
    ...(isGiven(resources) && { Resources: resources as string[] }),
    ...(isGiven(time) && { Time: Date.parse(time as string) }),
  };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
const isListOfTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
