import { describe, expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

interface Log {
  get(): { events: number; entries: { kind: string; text: string; subscription: string }[] };
  event(operation: object, payload: object): void;
  note(operation: object, text: string): void;
}

const createLog = async () => (await pageModule('api/change-log.ts')).createChangeLog!() as Log;

describe('the change log', () => {
  const operation = { query: '', operationName: 'OnPut' };

  it('has the newest entry first, and counts events alone', async () => {
    const log = await createLog();

    log.note(operation, 'Subscribed.');
    log.event(operation, { data: { a: 1 } });
    log.event(operation, { data: null, errors: [{ message: 'no' }] });

    const { events, entries } = log.get();
    expect(events).toBe(2);
    expect(entries.map(({ kind }) => kind)).toEqual(['failed', 'event', 'note']);
    expect(entries[1]).toMatchObject({ text: '{"a":1}', subscription: 'OnPut' });
  });

  it('keeps 200 entries, and of long ones fewer', async () => {
    const [short, long] = [await createLog(), await createLog()];

    for (let at = 0; at < 250; at += 1) {
      short.event(operation, { data: { at } });
    }
    for (let at = 0; at < 6; at += 1) {
      long.event(operation, { data: { at, text: 'x'.repeat(1_000_000) } });
    }

    expect(short.get()).toMatchObject({ events: 250, entries: { length: 200 } });
    expect(short.get().entries[0]!.text).toBe('{"at":249}');
    expect(long.get().entries).toHaveLength(3);
  });
});
