import { isDeepStrictEqual } from 'node:util';
import { Pool } from 'undici';
import { GET, IDS, PAYLOAD, PUT, putBody, getBody } from './requests.ts';
import { quantile } from './statistics.ts';

/** What to ask of whom, and for how long. */
export interface LoadOrder {
  url: string;
  headers: Record<string, string>;
  operation: 'put' | 'get';
  connections: number;
  /** Ends after this long, or after so many requests. */
  milliseconds?: number;
  requests?: number;
  /** True for a server that answers everybody the same. */
  constant: boolean;
}

export interface LoadReport {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

type Answer = { data?: Record<string, Record<string, unknown> | null>; errors?: unknown };

const pools = new Map<string, Pool>();

process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send!(report),
    (error: Error) => process.send!({ wrong: error.message }),
  );
});

async function run(order: LoadOrder): Promise<LoadReport> {
  const { origin, pathname } = new URL(order.url);
  const key = `${origin} ${order.connections}`;
  const pool = pools.get(key) ?? new Pool(origin, { connections: order.connections, pipelining: 1 });
  pools.set(key, pool);
  const headers = { 'content-type': 'application/json', ...order.headers };
  const bodyOf = order.operation === 'put' ? putBody : getBody;
  const latencies: number[] = [];
  const begun = performance.now();
  const end = begun + (order.milliseconds ?? Infinity);
  const most = order.requests ?? Infinity;
  let next = 0;

  const connection = async (): Promise<void> => {
    while (next < most && performance.now() < end) {
      const id = IDS[next % IDS.length]!;
      next += 1;
      const sent = performance.now();
      const response = await pool.request({ path: pathname, method: 'POST', headers, body: bodyOf(id) });
      const text = await response.body.text();
      latencies.push(performance.now() - sent);
      check(order, id, response.statusCode, text);
    }
  };
  await Promise.all(Array.from({ length: order.connections }, connection));
  const seconds = (performance.now() - begun) / 1000;
  return {
    requests: latencies.length,
    seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

/** Every answer, so that nobody is quick by being wrong. */
function check({ url, operation, constant }: LoadOrder, id: string, status: number, text: string): void {
  const { data, errors } = status === 200 ? (JSON.parse(text) as Answer) : {};
  const item = data?.[operation === 'put' ? PUT.field : GET.field];
  const right =
    item &&
    errors === undefined &&
    (constant || (item.id === id && (item.version as number) >= 1 && isPayload(item.payload)));
  if (!right) {
    throw new Error(`${url} answered ${operation} of ${id} with ${status} ${text.slice(0, 500)}`);
  }
}

const isPayload = (payload: unknown): boolean =>
  typeof payload === 'string' && isDeepStrictEqual(JSON.parse(payload), PAYLOAD);
