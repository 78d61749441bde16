import { Pool } from 'undici';
import { type DynamoDbError, parseServiceError } from './dynamodb-error.ts';
import { exchange } from './exchange.ts';
import { beforeRetry } from './retry.ts';
import type { MakeHeaders } from './sign.ts';
import { targetOf } from './target.ts';

/** Calls DynamoDB and DynamoDB Streams over the JSON 1.0 protocol. */
export interface DynamoDbClient {
  /**
   * Runs one operation: `call('GetItem', { TableName, Key })`. Input and answer are DynamoDB's own JSON
   * (numbers as strings, binary as base64).
   *
   * @throws DynamoDbError when DynamoDB refuses the call or cannot be reached.
   */
  call<T = Record<string, unknown>>(operation: string, input: object): Promise<T>;
  /** Drops the connections; calls under way fail. */
  close(): Promise<void>;
}

export interface DynamoDbClientOptions {
  /** `http://127.0.0.1:8000`. */
  endpoint: string;
  /** For the signature. */
  region: string;
  /** `never` for our own engine, which asks for credentials but checks none; `env` signs with the environment's. Default `never`. */
  sign?: 'never' | 'env';
}

/** More than an engine with one writer can use, few enough to keep a burst from opening a thousand sockets. */
const CONNECTIONS = 64;
/** The AWS SDK for JavaScript has no limit; AppSync gives a whole request 30 s (facts 9.12). */
const ANSWER_TIMEOUT_MS = 30_000;

/**
 * A client of about 100 µs CPU a call, where the AWS SDK takes about 400 (measured 2026-11-23). Throttling, 5xx and
 * refused connections are tried up to three times.
 */
export function createDynamoDbClient(options: DynamoDbClientOptions): DynamoDbClient {
  const endpoint = new URL(options.endpoint);
  const pool = new Pool(endpoint.origin, {
    connections: CONNECTIONS,
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  let makeHeaders: MakeHeaders | undefined;

  return {
    async call<T>(operation: string, input: object): Promise<T> {
      const body = JSON.stringify(input);
      makeHeaders ??= await headersFor(endpoint, options);
      for (let attempts = 1; ; attempts += 1) {
        try {
          const made = makeHeaders(operation, body);
          const answer = await exchange(pool, made instanceof Promise ? await made : made, body);
          if (answer.statusCode === 200) return JSON.parse(answer.body) as T;
          throw parseServiceError(answer.statusCode, answer.requestId, answer.body);
        } catch (error) {
          await beforeRetry(error as DynamoDbError, attempts);
        }
      }
    },
    close: () => pool.destroy(),
  };
}

async function headersFor(endpoint: URL, { region, sign }: DynamoDbClientOptions): Promise<MakeHeaders> {
  if (sign !== 'env') return unsignedHeaders(region);
  const { signedHeaders } = await import('./sign.ts'); // loads only where it is needed
  return signedHeaders(endpoint, region);
}

/** The engine refuses a call without these four, whatever they say. */
function unsignedHeaders(region: string): MakeHeaders {
  const authorization = `AWS4-HMAC-SHA256 Credential=local/20200101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;
  const kept = new Map<string, string[]>();
  return (operation) => {
    const known = kept.get(operation);
    if (known) return known;
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
