import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openRuntimeApi } from '../../../src/lambda/runtime-api.ts';

/** The status that a request for the next invocation is answered with, and how often one was handed over. */
async function ask(headers: Record<string, string>): Promise<{ status?: number; taken: number }> {
  const api = await openRuntimeApi(true);
  onTestFinished(() => api.close());
  const next = vi.fn((handOver: (invocation: never) => void) =>
    handOver({ requestId: 'r', payload: '{}', functionArn: 'arn', deadlineMs: 0, traceId: 't' } as never),
  );
  const session = {
    next,
    answered: () => true,
    failed: () => true,
    tooLarge: () => true,
    initFailed: () => {},
  };
  const { address } = api.attach(session);

  const asked = get(`http://${address}/2018-06-01/runtime/invocation/next`, { headers });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return { status: answer.statusCode, taken: next.mock.calls.length };
}

test('hands an invocation to a runtime', async () => {
  expect(await ask({})).toEqual({ status: 200, taken: 1 });
});

test.each([
  ['a page', { origin: 'http://evil.example' }],
  ['a page of this machine', { origin: 'http://localhost:3000' }],
  ['a picture in a page', { 'sec-fetch-site': 'cross-site' }],
  ['a name that somebody has pointed here', { host: 'evil.example:4000' }],
  ['localhost, which runtimes are not told', { host: 'localhost' }],
])('hands none to %s', async (_, headers) => {
  expect(await ask(headers as Record<string, string>)).toEqual({ status: 403, taken: 0 });
});
