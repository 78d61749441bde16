import { RequestRefused } from '../auth/caller.ts';
import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { DynamoDbError } from '../database/dynamodb-error.ts';
import type { Handle, HttpRequest } from '../http/message.ts';
import { badRequest, jsonBody, ownPageJson, requireText } from '../http/own-page-answers.ts';
import type { AppModel, FailureDestinationModel, TableModel } from '../template/app-model.ts';
import type { DataView, DeadLettersView } from './data-view.ts';
import { findMentions } from './mentions.ts';
import { readItems } from './read.ts';
import { findTable, viewTables } from './tables.ts';
import { writeItem } from './write.ts';

export interface DataRoutesOptions {
  client: DynamoDbClient;
  /** The app of the moment. */
  app: () => AppModel;
  /** Whether items may be changed: a DynamoDB elsewhere may have other people's. */
  isWritable: boolean;
  /** US dollars for one read unit. */
  readUnitUsd: number;
  /** Has the records that event source mappings dropped. */
  failures: { last(destination: Destination): Promise<{ messages: unknown[]; count: number }> };
}

type Destination = Pick<FailureDestinationModel, 'kind' | 'name'>;

export interface DataRoutes {
  /** `GET /_local/data`: the tables. */
  tables: Handle;
  /** `POST /_local/data/read`: a page of items (`readItems`). */
  read: Handle;
  /** `POST /_local/data/write`: writes or deletes an item (`writeItem`). */
  write: Handle;
  /** `POST /_local/data/mentions`: what belongs to an item in other tables (`findMentions`). */
  mentions: Handle;
}

/** What the console's Data room asks for. Answers this machine only, and no web page but the console. */
export function createDataRoutes({
  client,
  app,
  isWritable,
  readUnitUsd,
  failures,
}: DataRoutesOptions): DataRoutes {
  const onTable =
    (run: (from: DynamoDbClient, table: TableModel, body: Record<string, unknown>) => Promise<object>) =>
    async (request: HttpRequest): Promise<object> => {
      const body = await jsonBody(request);
      return run(client, findTable(app(), requireText(body.table, 'table')), body);
    };
  const write = onTable(writeItem);
  return {
    tables: guarded(async (): Promise<DataView> => ({
      tables: await viewTables(app(), client),
      deadLetters: await viewDeadLetters(app(), failures),
      isWritable,
      readUnitUsd,
    })),
    read: guarded(onTable(readItems)),
    mentions: guarded(onTable((...[from, table, body]) => findMentions(from, app(), table, body))),
    write: guarded(async (request) => {
      if (!isWritable) {
        throw badRequest('Items of a DynamoDB on another machine are read-only here.');
      }
      return write(request);
    }),
  };
}

/** Each destination once, whatever number of mappings it has. */
function viewDeadLetters(
  { eventSourceMappings, lambdaFunctions }: AppModel,
  failures: DataRoutesOptions['failures'],
): Promise<DeadLettersView[]> {
  const byPlace = new Map<string, Omit<DeadLettersView, 'count' | 'messages'>>();
  for (const { onFailure, functionArn, tableName: table } of eventSourceMappings) {
    if (onFailure) {
      const { kind, name } = onFailure;
      const place = byPlace.get(`${kind} ${name}`) ?? { kind, name, mappings: [] };
      byPlace.set(`${kind} ${name}`, place);
      const functionName =
        lambdaFunctions.find(({ arn }) => arn === functionArn)?.functionName ?? functionArn;
      place.mappings.push({ functionName, table });
    }
  }
  return Promise.all(
    [...byPlace.values()].map(async (place) => ({ ...place, ...(await failures.last(place)) })),
  );
}

/** Answers the console and programs of this machine, and shows them what DynamoDB says. */
const guarded = (answer: (request: HttpRequest) => Promise<object>): Handle =>
  ownPageJson((request) =>
    answer(request).catch((error: unknown) => {
      throw error instanceof DynamoDbError
        ? new RequestRefused(error.statusCode || 503, error.name, error.message)
        : error;
    }),
  );
