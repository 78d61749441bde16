import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './harness/free-port.ts';
import { OUR_HEADERS, peersTables, ROOT, publishingPlace } from './harness/ours.ts';
import { publisherProgram } from './harness/publisher.ts';
import { type Server, startServer } from './harness/server.ts';
import { untilQuiet } from './harness/until-quiet.ts';
import { installPeers, PEERS } from './peers.ts';
import type { BenchContext } from './section.ts';

/** A server that puts and gets items. */
export interface Contender {
  label: string;
  /** A bound that nobody can pass, what people would use instead, or this project. */
  kind: 'limit' | 'ours' | 'server' | 'simulator';
  ours?: boolean;
  /** Waits until the work that follows the answers to puts has ended; it is counted. @default there is none */
  worksOn?(server: Server): Promise<void>;
  /** Whose child its engine is. @default its own */
  engineOf?: Server;
  /** True for what is measured where the targets are: puts, at one number of connections. */
  onlyTargets?: boolean;
  /** True when everybody gets the same answer. */
  constant?: boolean;
  headers?: Record<string, string>;
  start(): Promise<Server>;
}

export const CONSTANT = 'node:http, a constant answer';
export const ONE_HOP = 'node:http, one hop to DynamoDB';
/** The server with default settings. */
export const OURS_WITH_FEED = 'appsync-items (default, with change feed)';
/** The minimum for a server on node:http that publishes each change by a request. */
export const LEAST_PUBLISHED = 'node:http, one hop and one published change';
/** Compared with the peers, none of which has a change feed. */
export const OURS_ALONE = 'appsync-items without change feed';

/**
 * @param alone this project's server without its change feed. The others have tables in its engine: a server that publishes changes looks at its
 * stream whenever somebody writes in its engine, which took a quarter of the CPU of one hop beside it (measured 2026-11-30)
 */
export async function contenders(
  ours: Server,
  alone: Server,
  context: BenchContext,
): Promise<{ list: Contender[]; skipped: string[] }> {
  const placeFor = await peersTables(alone);
  const serve = async (folder: string, name: string): Promise<Server> =>
    startServer({
      command: [join(folder, `${name}.mjs`)],
      environment: { ...(await placeFor(`bench-${name}`)) },
    });
  const limit = (name: string): Promise<Server> => serve(join(ROOT, 'bench', 'limits'), name);
  const peer = (name: string): Promise<Server> => serve(PEERS, name);
  const list: Contender[] = [
    {
      label: CONSTANT,
      kind: 'limit',
      constant: true,
      start: () => limit('constant'),
    },
    { label: ONE_HOP, kind: 'limit', start: () => limit('one-hop') },
    ...(context.quick ? [] : [leastPublished(alone, context)]),
    {
      label: OURS_WITH_FEED,
      kind: 'ours',
      ours: true,
      worksOn: untilQuiet,
      headers: OUR_HEADERS,
      start: () => Promise.resolve(ours),
    },
    {
      label: OURS_ALONE,
      kind: 'ours',
      ours: true,
      headers: OUR_HEADERS,
      start: () => Promise.resolve(alone),
    },
  ];
  if (context.quick) {
    return { list, skipped: ['other GraphQL servers: left out of --quick.'] };
  }
  const skipped = await installPeers(context);
  if (skipped) {
    return { list, skipped: [skipped] };
  }
  const headers = { 'x-api-key': 'da2-fakeApiId123456' };
  list.push(
    { label: 'Mercurius + SDK', kind: 'server', start: () => peer('mercurius') },
    { label: 'Apollo Server + SDK', kind: 'server', start: () => peer('apollo') },
    { label: 'GraphQL Yoga + SDK', kind: 'server', start: () => peer('yoga') },
    { label: 'Amplify simulator', kind: 'simulator', headers, start: () => peer('simulator') },
  );
  return { list, skipped: ['appsync-local-server: it is not in the package registry.'] };
}

const leastPublished = (alone: Server, context: BenchContext): Contender => ({
  label: LEAST_PUBLISHED,
  kind: 'limit',
  worksOn: untilPublished,
  onlyTargets: true,
  engineOf: alone,
  start: () => startLeastPublished(alone, context),
});

async function startLeastPublished(alone: Server, context: BenchContext): Promise<Server> {
  const place = await publishingPlace(alone, 'bench-one-hop-published');
  const PUBLISHER = JSON.stringify(await publisherProgram(place, context));
  return startServer({
    command: [join(ROOT, 'bench', 'limits', 'one-hop-published.mjs')],
    environment: { ...place, PORT: String(await freePort()), PUBLISHER },
  });
}

const ASK_MS = 100;
const ASKS = 300;

/** @throws when there were as many requests that publish a change as puts not even after half a minute */
async function untilPublished({ url }: Server): Promise<void> {
  for (let ask = 1; ; ask += 1) {
    await sleep(ASK_MS);
    const response = await fetch(new URL('/counts', url));
    const { puts, published } = (await response.json()) as { puts: number; published: number };
    if (published === puts) {
      return;
    }
    if (published > puts || ask === ASKS) {
      throw new Error(`${LEAST_PUBLISHED}: ${published} changes were published for ${puts} puts`);
    }
  }
}
