import { beforeEach, expect, it } from 'vitest';
import { type Change, Parts } from '../../../src/start/parts.ts';

let parts: Parts;
/** What was opened and closed, in order. */
let events: string[];

beforeEach(() => {
  parts = new Parts();
  events = [];
});

function open(change: Change, name: string, madeOf: unknown): Promise<string> {
  return change.part(name, madeOf, (closers) => {
    events.push(`open ${name}`);
    closers.push((why) => void events.push(`${name} ${why}`));
    return `${name} of ${JSON.stringify(madeOf)}`;
  });
}

async function committed(...made: [name: string, madeOf: unknown][]): Promise<void> {
  const change = parts.begin();
  for (const [name, madeOf] of made) {
    await open(change, name, madeOf);
  }
  change.commit();
}

it('keeps a part that is made of the same, and replaces one that is not', async () => {
  await committed(['roles', { a: 1 }], ['tables', 1]);
  const change = parts.begin();

  expect(await open(change, 'roles', { a: 1 })).toBe('roles of {"a":1}');
  expect(await open(change, 'tables', 2)).toBe('tables of 2');
  expect(events).toEqual(['open roles', 'open tables', 'open tables']);
  change.commit();
  expect(events.slice(3)).toEqual(['tables replaced']);
});

it('leaves everything as it was when a change is dropped', async () => {
  await committed(['roles', 1]);
  const change = parts.begin();
  await open(change, 'roles', 2);
  await open(change, 'tables', 2);
  await change.drop();

  expect(events.slice(1)).toEqual(['open roles', 'open tables', 'tables ended', 'roles ended']);
  expect(await open(parts.begin(), 'roles', 1)).toBe('roles of 1');
  expect(events).toHaveLength(5);
});

it('closes what a part had opened before it failed, and goes on with the one before', async () => {
  await committed(['roles', 1]);
  const change = parts.begin();
  const failing = change.part('roles', 2, (closers) => {
    closers.push(() => void events.push('half closed'));
    throw new Error('no');
  });

  await expect(failing).rejects.toThrow('no');
  expect(events).toEqual(['open roles', 'half closed']);
  await change.drop();
  expect(await open(parts.begin(), 'roles', 1)).toBe('roles of 1');
});

it('closes a part before its successor opens where they cannot run side by side', async () => {
  for (const madeOf of [1, 1, 2]) {
    await parts.replace('streams', madeOf, (closers) => {
      events.push(`open ${madeOf}`);
      closers.push((why) => void events.push(`${madeOf} ${why}`));
    });
  }
  await parts.end('streams');

  expect(events).toEqual(['open 1', '1 replaced', 'open 2', '2 ended']);
});

it('closes all, the one opened last first, after those that were replaced have ended', async () => {
  await committed(['roles', 1], ['tables', 1]);
  await committed(['roles', 2], ['tables', 1]);
  await parts.close();

  expect(events).toEqual([
    'open roles',
    'open tables',
    'open roles',
    'roles replaced',
    'roles ended',
    'tables ended',
  ]);
});
