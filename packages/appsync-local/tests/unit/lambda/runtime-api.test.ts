import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openRuntimeApi } from '../../../src/lambda/runtime-api.ts';

interface Answered {
  status?: number;
  /** How often an invocation was handed over. */
  taken: number;
}

async function ask(
  path: string,
  options: { method?: string; headers: OutgoingHttpHeaders },
  answered = true,
): Promise<Answered> {
  const api = await openRuntimeApi(true);
  onTestFinished(() => api.close());
  const next = vi.fn((handOver: (invocation: never) => void) =>
    handOver({ requestId: 'r', payload: '{}', functionArn: 'arn', deadlineMs: 0, traceId: 't' } as never),
  );
  const session = {
    next,
    answered: () => answered,
    failed: () => true,
    tooLarge: () => true,
    initFailed: () => {},
  };
  const { address } = api.attach(session);

  const asked = request(`http://${address}/2018-06-01/runtime/invocation/${path}`, options).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return { status: answer.statusCode, taken: next.mock.calls.length };
}

const askNext = (headers: OutgoingHttpHeaders) => ask('next', { headers });
const post = (answered: boolean, headers: OutgoingHttpHeaders) =>
  ask('r/response', { method: 'POST', headers }, answered);

test('hands an invocation to a runtime', async () => {
  expect(await askNext({})).toEqual({ status: 200, taken: 1 });
});

test.each([
  ['a page', { origin: 'http://evil.example' }],
  ['a page of this machine', { origin: 'http://localhost:3000' }],
  ['a picture in a page', { 'sec-fetch-site': 'cross-site' }],
  ['a name that somebody has pointed here', { host: 'evil.example:4000' }],
  ['localhost, which runtimes are not told', { host: 'localhost' }],
])('hands none to %s', async (_, headers) => {
  expect(await askNext(headers)).toEqual({ status: 403, taken: 0 });
});

test.each([
  ['an accepted response alone', true, {}, 202, 0],
  ['an accepted response that asks for the next invocation', true, { 'x-then-next': 'true' }, 200, 1],
  ['a response that nobody waits for', false, { 'x-then-next': 'true' }, 400, 0],
])('answers %s', async (_, answered, headers, status, taken) => {
  expect(await post(answered, headers)).toEqual({ status, taken });
});
