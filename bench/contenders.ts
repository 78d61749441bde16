import { join } from 'node:path';
import type { BenchContext } from './section.ts';
import { OUR_HEADERS, type Place, ROOT } from './harness/ours.ts';
import { type Server, startServer } from './harness/server.ts';
import { installPeers, PEERS } from './peers.ts';

/** Who puts and gets items. */
export interface Contender {
  label: string;
  /** A bound that nobody can pass, what people would use instead, or this project. */
  kind: 'limit' | 'ours' | 'server' | 'simulator';
  ours?: boolean;
  /** True when everybody gets the same answer. */
  constant?: boolean;
  headers?: Record<string, string>;
  start(): Promise<Server>;
}

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
      label: 'appsync-items',
      kind: 'ours',
      ours: true,
      headers: OUR_HEADERS,
      start: () => Promise.resolve(ours),
    },
  ];
  const skipped = await installPeers(context);
  if (skipped) return { list, skipped: [skipped] };
  const headers = { 'x-api-key': 'da2-fakeApiId123456' };
  list.push(
    { label: 'Mercurius + SDK', kind: 'server', start: () => peer('mercurius') },
    { label: 'Apollo Server + SDK', kind: 'server', start: () => peer('apollo') },
    { label: 'GraphQL Yoga + SDK', kind: 'server', start: () => peer('yoga') },
    { label: 'Amplify simulator', kind: 'simulator', headers, start: () => peer('simulator') },
  );
  return { list, skipped: ['appsync-local-server: it is not in the package registry.'] };
}
