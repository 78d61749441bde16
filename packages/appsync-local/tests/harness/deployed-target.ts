import { Agent, type Dispatcher, request, RetryAgent } from 'undici';
import { environmentSecrets, regionOf } from './environment.ts';
import { openSocket } from './port-target.ts';
import { realtimeUrlOf } from './realtime.ts';
import { httpHeaders, realtimeHeadersOf } from './secrets.ts';
import type { ApiTarget } from './target.ts';

/**
 * Few enough for two test files at once to stay below the ten concurrent executions that Lambda grants a new account
 * (Lambda developer guide, "Lambda quotas").
 */
const REQUESTS_AT_ONCE = 4;

/** An API that is there already, on AWS or elsewhere; `environment.ts` has what the environment says of it. */
export function deployedTarget(url: string): ApiTarget {
  const endpoint = new URL(url);
  const secrets = environmentSecrets(endpoint);
  const dispatcher = polite(Number(process.env.API_CONCURRENCY || REQUESTS_AT_ONCE));
  const realtimeUrl = process.env.API_REALTIME_URL || realtimeUrlOf(url);
  const at = (path: string): URL => new URL(path, endpoint);

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const response = await request(at(path), {
      method: method as Dispatcher.HttpMethod,
      headers,
      body,
      dispatcher,
    });
    return {
      status: response.statusCode,
      headers: Object.fromEntries(
        Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: await response.body.text(),
    };
  };

  return {
    name: url,
    host: endpoint.host,
    realtimeUrl,
    shared: true,
    ...(process.env.API_ITEMS_TABLE && {
      itemsTable: { name: process.env.API_ITEMS_TABLE, region: regionOf(endpoint.hostname) },
    }),
    send,
    post: (body, headers) =>
      send('POST', endpoint.pathname, { 'content-type': 'application/json', ...headers }, body),
    headersFor: (caller, body, path = endpoint.pathname) => httpHeaders(secrets, caller, body, at(path)),
    realtimeHeadersFor: (caller, body, path = endpoint.pathname) =>
      realtimeHeadersOf(secrets, caller, body, at(path)),
    openSocket: (protocols, query = '') => openSocket(`${realtimeUrl}${query}`, protocols),
    close: () => dispatcher.close(),
  };
}

/** Sends so many requests at a time, and again what was one too many for AppSync (status 429). */
const polite = (connections: number): RetryAgent =>
  new RetryAgent(new Agent({ connections, pipelining: 1 }), {
    statusCodes: [429],
    errorCodes: [],
    methods: ['GET', 'POST'],
    maxRetries: 6,
    throwOnError: false,
  });
