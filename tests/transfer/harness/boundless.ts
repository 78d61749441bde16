import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A DynamoDB that takes every item and keeps none, and has as many as are asked for. */
export interface Boundless {
  endpoint: string;
  /** Calls of any kind. */
  readonly asked: number;
  /** Statements and actions of transactions it took. */
  readonly taken: number;
  /** Pages it gave. */
  readonly pages: number;
  close(): Promise<void>;
}

export interface BoundlessOptions {
  /** Pages that a scan of all segments together has. @default 0 */
  pages?: number;
  /** What each write and each page waits. @default 0 */
  waitMs?: number;
}

const ITEMS_PER_PAGE = 256;
/** A page of a scan ends at 1 MB (API, Scan). */
const TEXT = 'x'.repeat((1024 * 1024) / ITEMS_PER_PAGE - 64);

interface Request {
  TableName?: string;
  Statements?: object[];
  TransactItems?: object[];
  Segment?: number;
  TotalSegments?: number;
  ExclusiveStartKey?: { id: { S: string } };
}

export async function boundless({ pages = 0, waitMs = 0 }: BoundlessOptions): Promise<Boundless> {
  const counts = { asked: 0, taken: 0, pages: 0 };

  async function answerTo(operation: string, request: Request): Promise<object> {
    counts.asked += 1;
    if (operation === 'ListTables') {
      return { TableNames: ['t-Items', 't-Constraints'] };
    }
    if (operation === 'DescribeTable') {
      const AttributeName = request.TableName === 't-Items' ? 'id' : 'pk';
      return {
        Table: { KeySchema: [{ AttributeName, KeyType: 'HASH' }], ItemCount: pages * ITEMS_PER_PAGE },
      };
    }
    await sleep(waitMs);
    if (operation === 'Scan') {
      return scan(request);
    }
    if (operation === 'TransactWriteItems') {
      counts.taken += request.TransactItems!.length;
      return {};
    }
    counts.taken += request.Statements!.length;
    return { Responses: request.Statements!.map(() => ({})) };
  }

  function scan({ Segment = 0, TotalSegments = 1, ExclusiveStartKey }: Request): object {
    counts.pages += 1;
    const page = ExclusiveStartKey ? Number(ExclusiveStartKey.id.S.split('-')[1]) + 1 : 0;
    const ids = Array.from({ length: ITEMS_PER_PAGE }, (_, index) => `${index}-${page}-${Segment}`);
    return {
      Items: ids.map((id) => ({ id: { S: id }, payload: { S: TEXT } })),
      ...((page + 1) * TotalSegments < pages && { LastEvaluatedKey: { id: { S: ids.at(-1)! } } }),
    };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1]!;
      void answerTo(operation, JSON.parse(Buffer.concat(chunks).toString()) as Request).then((answer) => {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
        response.end(JSON.stringify(answer));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return counts.asked;
    },
    get taken() {
      return counts.taken;
    },
    get pages() {
      return counts.pages;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
