import { RequestRefused } from '../auth/caller.ts';
import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { DynamoDbError } from '../database/dynamodb-error.ts';
import type { Handle, HttpRequest } from '../http/message.ts';
import { badRequest, jsonBody, ownPageJson, requireText } from '../http/own-page-answers.ts';
import type { AppModel } from '../template/app-model.ts';
import { readItems } from './read.ts';
import { findTable, type TableView, viewTables } from './tables.ts';
import { writeItem } from './write.ts';

export interface DataRoutesOptions {
  client: DynamoDbClient;
  /** The app of the moment. */
  app: () => AppModel;
  /** Whether items may be changed: a DynamoDB elsewhere may have other people's. */
  isWritable: boolean;
  /** US dollars for one read unit. */
  readUnitUsd: number;
}

/** The answer to `GET /_local/data`. */
export interface DataView extends Pick<DataRoutesOptions, 'isWritable' | 'readUnitUsd'> {
  tables: TableView[];
}

export interface DataRoutes {
  /** `GET /_local/data`: the tables. */
  tables: Handle;
  /** `POST /_local/data/read`: a page of items (`readItems`). */
  read: Handle;
  /** `POST /_local/data/write`: writes or deletes an item (`writeItem`). */
  write: Handle;
}

/** What the console's Data room asks for. Answers this machine only, and no web page but the console. */
export function createDataRoutes({ client, app, isWritable, readUnitUsd }: DataRoutesOptions): DataRoutes {
  const onTable =
    (run: typeof readItems | typeof writeItem) =>
    async (request: HttpRequest): Promise<object> => {
      const body = await jsonBody(request);
      return run(client, findTable(app(), requireText(body.table, 'table')), body);
    };
  const write = onTable(writeItem);
  return {
    tables: guarded(async (): Promise<DataView> => ({
      tables: await viewTables(app(), client),
      isWritable,
      readUnitUsd,
    })),
    read: guarded(onTable(readItems)),
    write: guarded(async (request) => {
      if (!isWritable) {
        throw badRequest('Items of a DynamoDB elsewhere can only be looked at here.');
      }
      return write(request);
    }),
  };
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
