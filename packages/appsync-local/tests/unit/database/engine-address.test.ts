import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { BLOCKED_PORTS, findEngineAddress } from '../../../src/database/engine-address.ts';

test.each(BLOCKED_PORTS)(
  'port %i is one that browsers, and fetch in Node.js, do not connect to',
  async (port) => {
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ cause: new Error('bad port') });
  },
);

test('an engine that cannot choose its address is given a port that is free on 127.0.0.1', async () => {
  const first = await findEngineAddress(true);
  const server = createServer().listen(first!.port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');

  const second = await findEngineAddress(true);

  expect(second!.port).not.toBe(first!.port);
  for (const { host, port } of [first!, second!]) {
    expect(host).toBe('127.0.0.1');
    expect(BLOCKED_PORTS).toContain(port);
  }
});
