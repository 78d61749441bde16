import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stands before a DynamoDB and makes some of its data calls wait, until it is told to make haste. */
export interface Slowed {
  endpoint: string;
  quicken(): void;
  close(): Promise<void>;
}

/** @param ms that each data call waits but the first two, so that something is there to be resumed */
export async function slowed(target: string, ms: number): Promise<Slowed> {
  let delay = ms;
  let calls = 0;
  const front = await standBefore(target, async (operation) => {
    if (isData(operation) && (calls += 1) > 2) {
      await sleep(delay);
    }
    return null;
  });
  return { ...front, quicken: () => (delay = 0) };
}

/** Stands before a DynamoDB and throttles some of its calls. */
export interface Throttling {
  endpoint: string;
  /** Calls and statements that were refused. */
  readonly refused: number;
  close(): Promise<void>;
}

/**
 * @param share of calls that are refused whole, with ProvisionedThroughputExceededException or as a cancelled
 *   transaction, and of a batch's statements and keys that are refused one by one
 */
export async function throttling(target: string, share: number): Promise<Throttling> {
  let refused = 0;
  const refuse = (): boolean => {
    const now = Math.random() < share;
    refused += now ? 1 : 0;
    return now;
  };
  const front = await standBefore(
    target,
    (operation, body) => (isData(operation) && refuse() ? refusal(operation, body) : null),
    (operation, body) => (operation === 'BatchExecuteStatement' ? withoutSome(body, refuse) : [body, same]),
  );
  return {
    ...front,
    get refused() {
      return refused;
    },
  };
}

type Put = (answered: object) => object;

/**
 * @param refuse Gives what to answer instead of asking: an error, which has a `__type`, or what the engine does not know.
 * @param change Gives what to send on, and what to make of the answer.
 */
export async function standBefore(
  target: string,
  refuse: (operation: string, body: string) => Promise<object | null> | object | null,
  change: (operation: string, body: string) => [string, Put] = (_, body) => [body, same],
): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).split('.')[1]!;
      const body = Buffer.concat(chunks).toString();
      void forward(operation, body, response).catch(() => response.destroy());
    });
  });

  async function forward(operation: string, body: string, response: ServerResponse): Promise<void> {
    const refusal = await refuse(operation, body);
    if (refusal) {
      return answer(response, '__type' in refusal ? 400 : 200, refusal);
    }
    const [sent, put] = change(operation, body);
    const answered = await fetch(target, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20200101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20200101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: sent,
    });
    answer(response, answered.status, put((await answered.json()) as object));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const isData = (operation: string): boolean => !/Table/.test(operation);

const same = (answered: object): object => answered;

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810#';

function refusal(operation: string, body: string): object {
  if (operation !== 'TransactWriteItems') {
    return { __type: `${NAMESPACE}ProvisionedThroughputExceededException`, message: 'slow down' };
  }
  const { TransactItems } = JSON.parse(body) as { TransactItems: object[] };
  const CancellationReasons = TransactItems.map((_, index) => ({
    Code: index === 0 ? 'ThrottlingError' : 'None',
  }));
  return { __type: `${NAMESPACE}TransactionCanceledException`, message: 'cancelled', CancellationReasons };
}

/** Holds statements back, and puts refusals of them into the answer. */
function withoutSome(body: string, refuse: () => boolean): [string, (answered: object) => object] {
  const request = JSON.parse(body) as { Statements: object[] };
  const held = request.Statements.map(refuse);
  if (held.every(Boolean)) {
    held[0] = false;
  }
  const Statements = request.Statements.filter((_, index) => !held[index]);
  const put = (answered: object): object => {
    const { Responses = [] } = answered as { Responses?: object[] };
    const left = [...Responses];
    return {
      Responses: held.map((one) =>
        one ? { Error: { Code: 'ProvisionedThroughputExceeded' } } : left.shift(),
      ),
    };
  };
  return [JSON.stringify({ ...request, Statements }), put];
}
