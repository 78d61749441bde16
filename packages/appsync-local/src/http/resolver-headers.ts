import { isHeaderName, isHeaderValue } from '../ground/http-header.ts';
import type { LogFailure } from './message.ts';

/** Headers the endpoint writes itself; a resolver may not set them (docs/facts/utils.md#response-headers). */
const OWN =
  /^(access-control-.*|connection|content-(encoding|length|type)|date|keep-alive|transfer-encoding|vary|x-amz.*)$/i;

/** Of all names and values together (docs/facts/utils.md#response-headers). */
const MOST_BYTES = 4096;

/** Returns the resolvers' headers that can be sent; drops and logs the others. */
export function sendableHeaders(
  added: Record<string, string>,
  requestId: string,
  log: LogFailure,
): Record<string, string> {
  const sendable: Record<string, string> = {};
  let bytes = 0;
  for (const [name, value] of Object.entries(added)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    const reason =
      bytes > MOST_BYTES ? 'the headers of resolvers may have 4 KB in all' : reasonNotToSend(name, value);
    if (reason === null) {
      sendable[name] = value;
    } else {
      log({ requestId, error: new Error(`response header ${JSON.stringify(name)} was not sent: ${reason}`) });
    }
  }
  return sendable;
}

function reasonNotToSend(name: string, value: string): string | null {
  if (OWN.test(name)) {
    return 'AppSync sets this header itself';
  }
  if (!isHeaderName(name)) {
    return 'HTTP does not allow its name';
  }
  return isHeaderValue(value) ? null : 'HTTP does not allow its value';
}
