import { join } from 'node:path';
import { OUR_HEADERS, type Place, ROOT, startOursWithoutFeed } from './harness/ours.ts';
import { type Server, startServer } from './harness/server.ts';
import { installPeers, PEERS } from './peers.ts';
import type { BenchContext } from './section.ts';

/** Who puts and gets items. */
export interface Contender {
  label: string;
  /** A bound that nobody can pass, what people would use instead, or this project. */
  kind: 'limit' | 'ours' | 'server' | 'simulator';
  ours?: boolean;
  /** True when a put goes on causing work after its answer, which is waited for and counted. */
  worksOn?: boolean;
  /** True when everybody gets the same answer. */
  constant?: boolean;
  headers?: Record<string, string>;
  start(): Promise<Server>;
}

/** What a user gets who sets nothing. */
export const OURS_WITH_FEED = 'appsync-items, its change feed included';
/** What is held against the peers, none of which has a change feed. */
export const OURS_ALONE = 'appsync-items';

export async function contenders(
  ours: Server,
  placeFor: (table: string) => Promise<Place>,
  context: BenchContext,
): Promise<{ list: Contender[]; skipped: string[] }> {
  const serve = async (folder: string, name: string): Promise<Server> =>
    startServer({
      command: [join(folder, `${name}.mjs`)],
      environment: { ...(await placeFor(`bench-${name}`)) },
    });
  const limit = (name: string): Promise<Server> => serve(join(ROOT, 'bench', 'limits'), name);
  const peer = (name: string): Promise<Server> => serve(PEERS, name);
  const list: Contender[] = [
    {
      label: 'node:http, a constant answer',
      kind: 'limit',
      constant: true,
      start: () => limit('constant'),
    },
    { label: 'node:http, one hop to DynamoDB', kind: 'limit', start: () => limit('one-hop') },
    {
      label: OURS_WITH_FEED,
      kind: 'ours',
      ours: true,
      worksOn: true,
      headers: OUR_HEADERS,
      start: () => Promise.resolve(ours),
    },
    {
      label: OURS_ALONE,
      kind: 'ours',
      ours: true,
      headers: OUR_HEADERS,
      start: () => startOursWithoutFeed(context),
    },
  ];
  const skipped = await installPeers(context);
  if (skipped) {
    return { list, skipped: [skipped] };
  }
  list.push({ label: 'Mercurius + SDK', kind: 'server', start: () => peer('mercurius') });
  if (context.quick) {
    return { list, skipped: [] };
  }
  const headers = { 'x-api-key': 'da2-fakeApiId123456' };
  list.push(
    { label: 'Apollo Server + SDK', kind: 'server', start: () => peer('apollo') },
    { label: 'GraphQL Yoga + SDK', kind: 'server', start: () => peer('yoga') },
    { label: 'Amplify simulator', kind: 'simulator', headers, start: () => peer('simulator') },
  );
  return { list, skipped: ['appsync-local-server: it is not in the package registry.'] };
}
