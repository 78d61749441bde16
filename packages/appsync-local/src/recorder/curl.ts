import { isRecord } from '../ground/record.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import type { Show } from './hidden.ts';

/**
 * A command line that makes the request again; the credential is a variable of the shell.
 * @param show hides credentials
 */
export function curlOf(
  { caller, request, headers }: RequestTrace,
  url: string,
  region: string,
  show: Show,
): string {
  const body = {
    query: request?.query ?? '',
    ...(isRecord(request?.variables) && { variables: request.variables }),
    ...(request?.operationName && { operationName: request.operationName }),
  };
  const own = Object.entries(headers).filter(([name]) => isOwn(name));
  return [
    `curl ${url}`,
    ...credentialArguments(caller?.mode, region),
    "-H 'content-type: application/json'",
    ...own.map(([name, value]) => `-H ${quoted(`${name}: ${String(show(value))}`)}`),
    `--data ${quoted(JSON.stringify(show(body)))}`,
  ].join(' \\\n  ');
}

/** Headers that a client adds for resolvers; the others come from the HTTP client, from AWS, or are credentials. */
const isOwn = (name: string): boolean =>
  /^x-/.test(name) && !/^x-(amz|amzn|forwarded|api-key)\b/.test(name) && !/auth|token|secret|key/.test(name);

function credentialArguments(mode: string | undefined, region: string): string[] {
  switch (mode) {
    case 'API_KEY':
      return ['-H "x-api-key: $API_KEY"'];
    case 'AWS_IAM':
      return [
        `--aws-sigv4 'aws:amz:${region}:appsync'`,
        '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
      ];
    default:
      return ['-H "authorization: $TOKEN"'];
  }
}

/** For a POSIX shell, which takes everything between single quotes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
