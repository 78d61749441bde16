import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
    const isData = !/Table/.test(operation);
    if (isData && refuse()) return answer(response, 400, refusal(operation, body));
    const [sent, put] = operation === 'BatchExecuteStatement' ? withoutSome(body, refuse) : [body, same];
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
    get refused() {
      return refused;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const same = (answered: object): object => answered;

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
};

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
  if (held.every(Boolean)) held[0] = false;
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
