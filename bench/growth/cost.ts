import { Pool } from 'undici';
import { quantile } from '../harness/statistics.ts';
import { untilQuiet } from '../harness/until-quiet.ts';
import type { Place } from './place.ts';

/** What one request costs, CPU in µs. */
export interface Cost {
  requests: number;
  server: number;
  engine: number;
  p50Ms: number;
}

export interface Asked {
  name: string;
  as: 'apiKey' | 'owner';
  body(place: Place, index: number): object;
  /** @returns what is wrong with an answer, or null. Default: nothing. */
  problem?(data: Record<string, unknown>): string | null;
}

/** Hundredths of a second is how the engine's CPU is counted, so a round has to take many of them. */
export interface Round {
  milliseconds: number;
  connections: number;
  /** Ends sooner after so many. */
  requests?: number;
}

/** Asks one thing for a while. @throws when an answer has errors */
export async function costOf(place: Place, asked: Asked, round: Round): Promise<Cost> {
  const { origin, pathname } = new URL(place.server.url);
  const pool = new Pool(origin, { connections: round.connections, pipelining: 1 });
  const headers = { 'content-type': 'application/json', ...place.headers[asked.as] };
  const latencies: number[] = [];
  let index = 0;
  const [server, engine] = [await place.server.cpu(), place.engineCpu()];
  const end = performance.now() + round.milliseconds;
  const connection = async (): Promise<void> => {
    do {
      const body = JSON.stringify(asked.body(place, index++));
      const sent = performance.now();
      const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
      const text = await answer.body.text();
      latencies.push(performance.now() - sent);
      check(asked, answer.statusCode, text);
    } while (performance.now() < end && index < (round.requests ?? Infinity));
  };
  try {
    await Promise.all(Array.from({ length: round.connections }, connection));
    // A put's change is published after its answer: that is part of its cost, and must not fall on what is asked next.
    await untilQuiet(place.server);
    const requests = latencies.length;
    return {
      requests,
      server: ((await place.server.cpu()) - server) / requests,
      engine: (place.engineCpu() - engine) / requests,
      p50Ms: quantile(latencies, 0.5),
    };
  } finally {
    await pool.destroy();
  }
}

function check({ name, problem }: Asked, status: number, text: string): void {
  const { data, errors } = (status === 200 ? JSON.parse(text) : {}) as Record<string, unknown>;
  const wrong = errors !== undefined || !data || problem?.(data as Record<string, unknown>);
  if (wrong) {
    throw new Error(`${name} was answered with ${status} ${text.slice(0, 500)} (${String(wrong)})`);
  }
}
