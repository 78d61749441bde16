import type { Exchange } from './exchange.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The request of an exchange as a curl line for a POSIX shell. */
export function asCurl({ caller, headers, body }: Exchange, url: string): string {
  const own = caller.curlOptions;
  const shown = own
    ? Object.entries(headers).filter(([name]) => !SIGNED.has(name.toLowerCase()))
    : Object.entries(headers);
  return [
    `curl ${quoted(url)}`,
    ...(own ?? []),
    ...shown.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-raw ${quoted(body)}`,
  ].join(' \\\n  ');
}

/** What curl makes anew when it signs. */
const SIGNED = new Set(['authorization', 'x-amz-date']);

/** The request of an exchange as JavaScript for browsers and Node.js. */
export function asFetch({ caller, headers, operation }: Exchange, url: string): string {
  const json = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
  return [
    ...(caller.curlOptions
      ? ['// The signature expires within minutes; sign it anew with @smithy/signature-v4.']
      : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: 'POST',`,
    `  headers: ${json(headers)},`,
    `  body: JSON.stringify(${json(operation)}),`,
    `});`,
    `console.log(await response.json());`,
    '',
  ].join('\n');
}
