import { type DynamoDbError, parseServiceError } from './dynamodb-error.ts';
import { engineExchange } from './engine-exchange.ts';
import type { Exchange } from './exchange.ts';
import { targetOf } from './operation-target.ts';
import { beforeRetry } from './retry.ts';
import type { MakeHeaders } from './signed-headers.ts';

/** Calls DynamoDB and DynamoDB Streams over the JSON 1.0 protocol. */
export interface DynamoDbClient {
  /**
   * Runs one operation: `call('GetItem', { TableName, Key })`. Input and result are DynamoDB's own JSON (numbers as strings,
   * binary as base64).
   *
   * @param read converts the text of a response to the result. @default JSON.parse
   * @throws DynamoDbError when DynamoDB refuses the call or cannot be reached.
   */
  call<T = Record<string, unknown>>(operation: string, input: object, read?: (text: string) => T): Promise<T>;
  /** Drops the connections; running calls fail. */
  close(): Promise<void>;
}

export interface DynamoDbClientOptions {
  /** `http://127.0.0.1:8000`. */
  endpoint: string;
  /** Used in the signature. */
  region: string;
  /** `never` for our own engine, which requires credentials but checks none; `env` signs with the environment's. Default `never`. */
  sign?: 'never' | 'env';
  /** Awaited before a call is retried whose connection failed. @default no wait */
  serving?: () => Promise<void>;
  /** Called after a failure of DynamoDB itself (5xx). @default nothing */
  failing?: () => void;
  /** Whether every response has a Content-Length, like the embedded engine's. Default false. */
  answersWithLength?: boolean;
}

/**
 * A thin client, because the AWS SDK's takes about 400 µs of CPU a call (measured 2026-11-23). Throttling, 5xx and refused
 * connections are tried up to three times, and so are reads whose connection broke (see `beforeRetry`).
 */
export function createDynamoDbClient(options: DynamoDbClientOptions): DynamoDbClient {
  const endpoint = new URL(options.endpoint);
  const opening = open(endpoint, options);
  let opened: Opened | undefined;

  return {
    async call<T>(operation: string, input: object, read = JSON.parse as (text: string) => T): Promise<T> {
      const body = JSON.stringify(input);
      const { exchange, makeHeaders } = (opened ??= await opening);
      for (let attempts = 1; ; attempts += 1) {
        try {
          const made = makeHeaders(operation, body);
          const answer = await exchange.post(made instanceof Promise ? await made : made, body);
          if (answer.statusCode === 200) {
            return read(answer.body);
          }
          throw parseServiceError(answer.statusCode, answer.requestId, answer.body, input);
        } catch (error) {
          if ((error as DynamoDbError).statusCode >= 500) {
            options.failing?.();
          }
          await beforeRetry(error as DynamoDbError, operation, attempts, options.serving);
        }
      }
    },
    close: async () => (await opening).exchange.close(),
  };
}

interface Opened {
  exchange: Exchange;
  makeHeaders: MakeHeaders;
}

/** Loads an HTTP client and a signer only when needed; they take a fifth of a start's CPU. */
async function open(
  endpoint: URL,
  { region, sign, answersWithLength }: DynamoDbClientOptions,
): Promise<Opened> {
  const [exchange, makeHeaders] = await Promise.all([
    answersWithLength
      ? engineExchange(endpoint)
      : import('./http-exchange.ts').then((it) => it.httpExchange(endpoint)),
    sign === 'env'
      ? import('./signed-headers.ts').then((it) => it.signedHeaders(endpoint, region))
      : unsignedHeaders(region),
  ]);
  return { exchange, makeHeaders };
}

/** The engine refuses a call without these four headers, regardless of their values. */
function unsignedHeaders(region: string): MakeHeaders {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  const kept = new Map<string, string[]>();
  return (operation) => {
    const known = kept.get(operation);
    if (known) {
      return known;
    }
    const headers = [
      'content-type',
      'application/x-amz-json-1.0',
      'x-amz-target',
      targetOf(operation),
      'x-amz-date',
      '20200101T000000Z',
      'authorization',
      authorization,
    ];
    kept.set(operation, headers);
    return headers;
  };
}
