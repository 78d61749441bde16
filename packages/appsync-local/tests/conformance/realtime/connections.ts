import assert from 'node:assert/strict';
import type { ConformanceApi } from '../check.ts';
import { dial, type DialOptions, errorsOf, type Frame, open, publish, unique, using } from './wire.ts';

export const CLIENT_GUIDE = 'AppSync developer guide, real-time-websocket-client';

/** A connection that is of use: it gets its ack and an event. */
export const serves = (api: ConformanceApi, options: DialOptions): Promise<void> =>
  using(open(api, options), async (wire) => {
    const id = unique();
    await wire.subscribe('s', `subscription { onMessage(id: "${id}") { id } }`);
    await publish(api, { id });
    assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
  });

/** The error of the `connection_error` that a client gets, and the code its socket is closed with. */
export const refusal = (api: ConformanceApi, options: DialOptions): Promise<{ error: Frame; code: number }> =>
  using(dial(api, options), async (wire) => {
    wire.send({ type: 'connection_init' });
    const frame = await wire.next();
    assert.equal(frame.type, 'connection_error', JSON.stringify(frame));
    const [error, ...more] = errorsOf(frame);
    assert.deepEqual(more, []);
    return { error: error!, code: await wire.closed };
  });
