import type { Dispatcher } from 'undici';
import { StartFailure } from '../failure.ts';
import type { DataSourceModel } from '../template/model.ts';
import { answered, failed } from './data-source.ts';
import type { DataSource, DataSourceError, Outcome } from './data-source.ts';
import { charsetOf, parseHttpRequest } from './http-request.ts';
import type { OutgoingRequest } from './http-request.ts';
import { createSigner, credentialsFrom } from './http-signature.ts';
import type { Credentials, SignRequest } from './http-signature.ts';

export interface HttpLimits {
  /** Milliseconds from sending the request to the last byte of its answer. @default 30,000: a GraphQL request's ("AWS AppSync endpoints and quotas") */
  timeoutMs: number;
  /** Bytes of an answer. @default 5 MB: an evaluated response's ("AWS AppSync endpoints and quotas") */
  responseBytes: number;
}

const HTTP_LIMITS: HttpLimits = { timeoutMs: 30_000, responseBytes: 5 * 1024 * 1024 };

/**
 * An HTTP endpoint as a data source (docs/facts/data-sources.md#http-result). An answer of any status is a result,
 * `{statusCode, headers, body}`; redirects are not followed. Unlike AWS, the endpoint may be one that only this machine can
 * reach.
 *
 * @param own credentials of this server, for endpoints with AWS_IAM authorization where the environment has none
 * @throws StartFailure when the endpoint is no http or https URL
 */
export function createHttpDataSource(
  model: DataSourceModel & { type: 'HTTP' },
  own: Credentials,
  limits: HttpLimits = HTTP_LIMITS,
): DataSource {
  checkEndpoint(model.name, model.endpoint);
  const sign: SignRequest = model.signing
    ? createSigner(model.signing, () => credentialsFrom(process.env, own))
    : ({ headers }) => Promise.resolve(headers);

  return {
    name: model.name,
    type: 'HTTP',
    async invoke(value) {
      const request = parseHttpRequest(model.endpoint, value);
      if ('kind' in request) return request;
      return exchange(model.name, request, await sign(request), limits);
    },
  };
}

function checkEndpoint(name: string, endpoint: string): void {
  if (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)) return;
  throw new StartFailure(
    `HTTP data source '${name}' has the endpoint '${endpoint}'; it must be a URL that begins with http:// or https://.`,
  );
}

async function exchange(
  name: string,
  { method, url, body }: OutgoingRequest,
  headers: Record<string, string>,
  limits: HttpLimits,
): Promise<Outcome> {
  // Loads where an app has such a data source, and only then.
  const { send } = await import('./http-send.ts');
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await send(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    const charset = charsetOf([response.headers['content-type']].flat()[0] ?? '');
    const text = await readText(response.body, limits.responseBytes, charset);
    if (text === null) return failed(tooLarge(name, limits.responseBytes));
    return answered({ statusCode: response.statusCode, headers: joined(response.headers), body: text });
  } catch (error) {
    return failed(signal.aborted ? TIMED_OUT : unreachable(name, error));
  }
}

/** @returns null when there are more than `limit` bytes; the connection is then given up. */
async function readText(
  body: Dispatcher.ResponseData['body'],
  limit: number,
  charset: string,
): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return decoded(Buffer.concat(chunks), charset);
}

/** Bytes that are none in the charset become U+FFFD; an unknown charset is read as UTF-8. */
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
const TIMED_OUT: DataSourceError = {
  type: 'Http:ExecutionTimeoutException',
  message: 'Execution timed out.',
};

const tooLarge = (name: string, limit: number): DataSourceError =>
  requestError(name, `the response is larger than ${limit} bytes`);

/** System error codes of a connection in words; addresses and ports stay here. */
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

function unreachable(name: string, error: unknown): DataSourceError {
  const code = (error as { code?: unknown }).code;
  return requestError(name, REASONS[String(code)] ?? 'the request failed');
}

/** AppSync's client names its failure HttpRequestException (aws/aws-appsync-community#79); the type follows from that. */
const requestError = (name: string, reason: string): DataSourceError => ({
  type: 'Http:HttpRequestException',
  message: `The HTTP endpoint of data source '${name}' could not be used: ${reason}.`,
});
