import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { canonicalJson } from '../../model/plain/canonical-json.ts';
import type { RefusalCode } from '../../model/refusal-codes.ts';
import { PutValidatedItemDocument } from '../../schema/generated/operations.ts';
import { TransferFailure } from '../transfer-failure.ts';
import type { CountryItem } from './country-items.ts';

/** AppSync itself gives up on a request after 30 s ("AWS AppSync endpoints and quotas": request execution time). */
const PATIENCE_MS = 30_000;

export type SeedOutcome = 'created' | 'there already' | 'there with another payload';

interface ErrorEntry {
  errorType?: string;
  errorInfo?: { code?: RefusalCode } | null;
  message: string;
  /** For a Conflict: the existing item. */
  data?: { id: string; payload: string | null } | null;
}

/**
 * The API key that the local server at `origin` gives to its own machine; a server that listens beyond it has its own key.
 * @throws TransferFailure when no server responds
 */
export async function apiKeyOf(origin: string): Promise<string> {
  return (await answerOf<{ apiKey: string }>(`${origin}/_local/console.json`)).apiKey;
}

/**
 * Creates the item unless it exists.
 * @throws TransferFailure when it is refused for another reason, or no server responds
 */
export async function putCountry(url: string, apiKey: string, item: CountryItem): Promise<SeedOutcome> {
  const variables = { input: { ...item, expectedVersion: 0 } };
  const [error] = await ask(
    url,
    apiKey,
    JSON.stringify({ query: String(PutValidatedItemDocument), variables }),
  );
  if (!error) {
    return 'created';
  }
  if (error.errorInfo?.code !== 'version_differs' || error.data?.id !== item.id) {
    throw new TransferFailure(`${item.id} was not put: ${error.errorType}: ${error.message}`);
  }
  return isSame(error.data.payload, item.payload) ? 'there already' : 'there with another payload';
}

const isSame = (a: string | null, b: string): boolean =>
  a !== null && canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));

async function ask(url: string, apiKey: string, body: string): Promise<ErrorEntry[]> {
  const headers = { 'content-type': 'application/json', 'x-api-key': apiKey };
  const { errors = [] } = await answerOf<{ errors?: ErrorEntry[] }>(url, { method: 'POST', headers, body });
  return errors;
}

const agent = new Agent({ keepAlive: true });

/** By `node:http`, and uncompressed: `fetch` and gzip took a third of the CPU of a seed (measured 2026-11-29). */
async function answerOf<T>(
  url: string,
  { body, ...options }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<T> {
  try {
    const asked = request(url, { ...options, agent, signal: AbortSignal.timeout(PATIENCE_MS) }).end(body);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return JSON.parse(await text(response)) as T;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    throw new TransferFailure(
      `no local server answers at ${url} (${code ?? message}); start one with npm start, or pass --port N`,
    );
  }
}
