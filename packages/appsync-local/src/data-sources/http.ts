import type { Dispatcher } from 'undici';
import { StartFailure } from '../ground/start-failure.ts';
import type { DataSourceModel } from '../template/app-model.ts';
import { answered, failed } from './data-source.ts';
import type { DataSource, DataSourceError, Outcome } from './data-source.ts';
import { charsetOf, parseHttpRequest } from './http-request.ts';
import type { OutgoingRequest } from './http-request.ts';
import { createSigner } from './http-signature.ts';
import type { Credentials, SignRequest } from './http-signature.ts';

export interface HttpLimits {
  /**
   * Milliseconds from sending the request to the last byte of the response. @default 30,000: the limit of a GraphQL request
   * ("AWS AppSync endpoints and quotas")
   */
  timeoutMs: number;
  /** Bytes of a response. @default 5 MB: the limit of an evaluated response ("AWS AppSync endpoints and quotas") */
  responseBytes: number;
}

const HTTP_LIMITS: HttpLimits = { timeoutMs: 30_000, responseBytes: 5 * 1024 * 1024 };

export interface HttpDataSourceOptions {
  /** Sign requests of a data source with `AwsIamConfig`. */
  credentials: Credentials;
  /** Receives one line that says why an endpoint failed; clients do not see it. */
  report(line: string): void;
  /** @default AppSync's quotas */
  limits?: HttpLimits;
}

/**
 * Creates a data source for an HTTP endpoint (docs/facts/data-sources.md#http-result). A response of any status is a result,
 * `{statusCode, headers, body}`; redirects are not followed. Unlike AWS, it also accepts an endpoint that only this machine can
 * reach.
 *
 * @throws StartFailure unless the endpoint is an http or https URL
 */
export function createHttpDataSource(
  model: DataSourceModel & { type: 'HTTP' },
  { credentials, report, limits = HTTP_LIMITS }: HttpDataSourceOptions,
): DataSource {
  checkEndpoint(model.name, model.endpoint);
  const sign: SignRequest = model.signing
    ? createSigner(model.signing, credentials)
    : ({ headers }) => Promise.resolve(headers);

  return {
    name: model.name,
    type: 'HTTP',
    async invoke(value, { field }) {
      const request = parseHttpRequest(model.endpoint, value);
      if ('kind' in request) {
        return request;
      }
      const failure = ({ error, cause }: Failure): Outcome => {
        report(`${field}: ${describe(request)} of HTTP data source ${model.name} failed: ${cause}`);
        return failed(error);
      };
      return exchange(model.name, request, await sign(request), limits, failure);
    },
  };
}

function checkEndpoint(name: string, endpoint: string): void {
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) {
    return;
  }
  throw new StartFailure(
    `HTTP data source '${name}' has the endpoint '${endpoint}'; it must be a URL that begins with http:// or https://.`,
  );
}

/** The error that a resolver sees, and the reason. */
interface Failure {
  error: DataSourceError;
  cause: string;
}

/** Leaves out the query, which may contain a secret. */
const describe = ({ method, url }: OutgoingRequest): string => `${method} ${url.origin}${url.pathname}`;

async function exchange(
  name: string,
  { method, url, body }: OutgoingRequest,
  headers: Record<string, string>,
  limits: HttpLimits,
  failure: (failure: Failure) => Outcome,
): Promise<Outcome> {
  // Loaded only for apps that have such a data source.
  const { send } = await import('./http-send.ts');
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await send(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    const charset = charsetOf([response.headers['content-type']].flat()[0] ?? '');
    const text = await readText(response.body, limits.responseBytes, charset);
    if (text === null) {
      return failure(tooLarge(name, limits.responseBytes));
    }
    return answered({ statusCode: response.statusCode, headers: joined(response.headers), body: text });
  } catch (error) {
    return failure(signal.aborted ? timedOut(limits.timeoutMs) : unreachable(name, error));
  }
}

/** @returns null for more than `limit` bytes; the connection is then closed */
async function readText(
  body: Dispatcher.ResponseData['body'],
  limit: number,
  charset: string,
): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      return null;
    }
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), charset);
}

/** Replaces bytes that are invalid in the charset with U+FFFD; reads an unknown charset as UTF-8. */
function decoded(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset, { ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('utf8');
  }
}

function joined(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  );
}

/** Seen on AWS in aws/aws-appsync-community#43. */
const timedOut = (timeoutMs: number): Failure => ({
  error: { type: 'Http:ExecutionTimeoutException', message: 'Execution timed out.' },
  cause: `it took more than ${timeoutMs / 1000} s`,
});

const tooLarge = (name: string, limit: number): Failure => ({
  error: requestError(name, `the response is larger than ${limit} bytes`),
  cause: `the response is larger than ${limit} bytes`,
});

/** System error codes of a connection, in plain words. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  EAI_AGAIN: 'the host name could not be resolved',
  ENOTFOUND: 'the host name could not be resolved',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate could not be verified',
};

/** Keeps the cause here: a resolver may pass its error on to clients. */
function unreachable(name: string, error: unknown): Failure {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = REASONS[String(code)];
  const cause = reason ? `${reason} (${String(code)})` : String(message ?? error);
  return { error: requestError(name, 'it cannot be reached'), cause };
}

/** AppSync's client calls its failure HttpRequestException (aws/aws-appsync-community#79); the type is inferred from that. */
const requestError = (name: string, reason: string): DataSourceError => ({
  type: 'Http:HttpRequestException',
  message: `The HTTP endpoint of data source '${name}' could not be used: ${reason}.`,
});
