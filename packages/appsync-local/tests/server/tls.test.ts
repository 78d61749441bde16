import { readFileSync } from 'node:fs';
import { Agent, fetch } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { product } from '../../../../tests/api/harness/product.ts';
import { TLS_HOSTS } from '../harness/tls-hosts.ts';
import {
  graphql,
  openRealtime,
  portOf,
  printed,
  putItem,
  type ServerProcess,
  startLocal,
  temporaryDirectory,
  withApiKey,
} from './harness/local-server.ts';
import { descendantsOf, listeningAddresses } from './harness/processes.ts';

/** A server that keeps its certificate authority in a file. */
async function startWithCa(): Promise<{ server: ServerProcess; port: number; ca: string }> {
  const server = await startLocal(['--data', temporaryDirectory()]);
  return { server, port: portOf(server), ca: readFileSync(printed(server, 'CA file'), 'utf8') };
}

it('serves https and wss on the same port to whoever trusts the printed CA file', async () => {
  const { server, port, ca } = await startWithCa();
  const dispatcher = new Agent({ connect: { ca } });
  onTestFinished(() => dispatcher.close());
  const ask = async (host: string): Promise<unknown> => {
    const response = await fetch(`https://${host}:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...withApiKey },
      body: JSON.stringify({ query: '{ __typename }' }),
      dispatcher,
    });
    return response.json();
  };

  const answers = await Promise.all(TLS_HOSTS.map(ask));
  // part: change-feed
  const realtime = await openRealtime(`wss://localhost:${port}`, { ca });
  await realtime.subscribe('subscription { onItemChange { id } }');
  // end: change-feed
  await putItem(server.origin, 'one');

  const data = { data: { __typename: 'Query' } };
  expect(answers).toEqual(TLS_HOSTS.map(() => data));
  // part: change-feed
  expect(await realtime.next()).toMatchObject({
    type: 'data',
    payload: { data: { onItemChange: { id: 'one' } } },
  });
  // end: change-feed
});

it('shows strangers a certificate that nobody else has signed', async () => {
  const { port } = await startWithCa();
  const dispatcher = new Agent({ connect: { ca: [] } });
  onTestFinished(() => dispatcher.close());

  const asked = fetch(`https://localhost:${port}/`, { dispatcher });

  await expect(asked).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/^UNABLE_TO_VERIFY|^UNABLE_TO_GET_ISSUER|SELF_SIGNED/) },
  });
});

it('keeps its certificate authority from start to start', async () => {
  const data = temporaryDirectory();
  const first = await startLocal(['--data', data]);
  const caFile = printed(first, 'CA file');
  const ca = readFileSync(caFile, 'utf8');
  await first.stop();

  const second = await startLocal(['--data', data]);

  expect(readFileSync(printed(second, 'CA file'), 'utf8')).toBe(ca);
  await openRealtime(`wss://localhost:${portOf(second)}`, { ca });
});

/** 127.0.0.0/8, its bytes backwards, and ::1, as the kernel writes them. */
const LOOPBACK = /^(\w{6}7F|00000000000000000000000001000000)$/;

it.skipIf(process.platform !== 'linux')(
  'listens on loopback only, and so does everything it starts',
  async () => {
    const server = await startLocal(['--memory']);
    // part: validated-items
    const payload = JSON.stringify(product());
    const put = 'mutation ($input: PutValidatedItemInput!) { putValidatedItem(input: $input) { id } }';
    await graphql(server.origin, put, { input: { id: 'marker', kind: 'product', payload } });
    // end: validated-items

    const own = listeningAddresses(server.process.pid!);
    const started = descendantsOf(server.process.pid!).flatMap(listeningAddresses);

    expect(own).toContain('0100007F');
    expect(started).not.toEqual([]);
    expect([...own, ...started].filter((address) => !LOOPBACK.test(address))).toEqual([]);
  },
);
