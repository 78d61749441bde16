import { expect, onTestFinished, test, vi } from 'vitest';
import { PATIENCE } from '../../harness/patience.ts';
import { arnOf, lambdaModule, openHost } from './harness/lambda-function.ts';

const FAILS =
  'export const handler = async (event, { awsRequestId }) => { console.log(awsRequestId); throw new Error("no"); };';

test('answers null to an event before the function has run', async () => {
  const host = await openHost([
    lambdaModule('export const handler = async () => { console.log("ran"); return 1; };'),
  ]);

  const result = await host.invoke(arnOf('greet'), {}, 'Event');

  expect(result).toEqual({ kind: 'answer', payload: null });
  expect(host.reports()).toHaveLength(0);
  await vi.waitFor(() => expect(host.reports()).toHaveLength(1), PATIENCE);
});

test('tries a failed event twice more with the same request id, then gives it up', async () => {
  const host = await openHost([lambdaModule(FAILS)], { limits: { retryDelaysMs: [5, 10] } });

  await host.invoke(arnOf('greet'), {}, 'Event');
  await vi.waitFor(() => expect(host.lines().at(-1)).toMatch(/was dropped after 3 attempts: no$/), PATIENCE);

  expect(host.reports()).toHaveLength(3);
  expect(new Set(host.reports().map(({ requestId }) => requestId)).size).toBe(1);
});

test('tries a throttled event again', async () => {
  const slow = 'export const handler = () => new Promise((r) => setTimeout(r, 50, 1));';
  const host = await openHost([lambdaModule(slow, { reservedConcurrency: 1 })]);

  await Promise.all([1, 2].map(() => host.invoke(arnOf('greet'), {}, 'Event')));

  await vi.waitFor(() => expect(host.reports()).toHaveLength(2), PATIENCE);
});

test('drops what is still to be tried when the host is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); // `vi.waitFor` lets 20 ms pass at each look
  onTestFinished(() => void vi.useRealTimers());
  const host = await openHost([lambdaModule(FAILS)], { limits: { retryDelaysMs: [3_600_000] } });
  await host.invoke(arnOf('greet'), {}, 'Event');
  await vi.waitFor(() => expect(host.reports()).toHaveLength(1), PATIENCE);

  await host.close();
  await vi.advanceTimersByTimeAsync(3_600_000);

  expect(host.reports()).toHaveLength(1);
  expect(host.lines().join()).not.toContain('dropped');
});

test('refuses an event of more than 1 MB', async () => {
  const host = await openHost([lambdaModule(FAILS)]);

  const result = await host.invoke(arnOf('greet'), 'x'.repeat(1024 * 1024), 'Event');

  expect(result).toMatchObject({ kind: 'host-error', type: 'RequestTooLargeException' });
});
