import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { refusalOf } from './harness/command.ts';
import {
  graphql,
  keptIds,
  putItem,
  type ServerProcess,
  startLocal,
  temporaryDirectory,
} from './harness/local-server.ts';
import { commandOf, descendantsOf, stillRunning } from './harness/processes.ts';

/** Only to end what hangs: what these tests wait for takes a busy machine many times as long, and must come all the same. */
const WAITS = { timeout: 600_000 };
const PATIENCE = { timeout: 900_000 };

/** What it prints from here on, to standard error. */
function listenTo(server: ServerProcess): () => string {
  let said = '';
  server.process.stderr!.on('data', (chunk) => (said += String(chunk)));
  return () => said;
}

/** Undefined while no engine runs. */
const enginePid = (server: ServerProcess): number | undefined =>
  descendantsOf(server.process.pid!).find((pid) => commandOf(pid).includes('dynoxide'));

// part: change-feed
interface ChangePage {
  itemChanges: { cursor: string; changes: { id: string }[] };
}

/** Ids of all changes that the feed tells. */
async function publishedIds(origin: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let since: string | null = null; ;) {
    const { itemChanges }: ChangePage = await graphql(
      origin,
      'query ($since: String) { itemChanges(since: $since, limit: 100) { cursor changes { id } } }',
      { since },
    );
    if (itemChanges.changes.length === 0) {
      return ids;
    }
    for (const { id } of itemChanges.changes) {
      ids.add(id);
    }
    since = itemChanges.cursor;
  }
}
// end: change-feed

describe.skipIf(process.platform !== 'linux')('an engine that ends', () => {
  it(
    'right after the start is started again, and nothing acknowledged is lost or unpublished',
    PATIENCE,
    async () => {
      const server = await startLocal(['--data', temporaryDirectory()]);
      await putItem(server.origin, 'before');

      for (let times = 0; times < 3; times += 1) {
        const killed = enginePid(server)!;
        process.kill(killed, 'SIGKILL');
        // A put that meets the engine as it ends may rightly be told that its outcome is unknown.
        await expect.poll(() => enginePid(server) ?? killed, WAITS).not.toBe(killed);
        await putItem(server.origin, `after-${times}`);
      }

      const ids = ['before', 'after-0', 'after-1', 'after-2'];
      expect(await keptIds(server.origin, ids)).toEqual(ids);
      await expect.poll(() => publishedIds(server.origin), WAITS).toEqual(new Set(ids)); // part: change-feed
    },
  );
});

describe.skipIf(process.platform === 'win32')(
  'a data directory that is deleted under a running server',
  () => {
    it('ends the server with the reason, and no write is acknowledged into nothing after that', async () => {
      const data = temporaryDirectory();
      const server = await startLocal(['--data', data]);
      const said = listenTo(server);
      const processes = descendantsOf(server.process.pid!);
      await putItem(server.origin, 'one');
      const ended = once(server.process, 'exit');

      rmSync(data, { recursive: true });
      const [code] = (await ended) as [number];

      expect(code).toBe(1);
      expect(said()).toMatch(
        new RegExp(
          `^the data in ${data}/dynamodb was deleted or moved while the server ran; the server stops, start it again$`,
          'm',
        ),
      );
      expect(await stillRunning(processes)).toEqual([]);
      expect(existsSync(data)).toBe(false);
    });
  },
);

/** A file system of a few megabytes; null where this user may not mount one. */
function smallDisk(): { directory: string; grow(): void } | null {
  const directory = temporaryDirectory();
  const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
  if (process.platform !== 'linux' || !mount('-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', directory)) {
    return null;
  }
  onTestFinished(() => void spawnSync('umount', ['-l', directory]));
  return { directory, grow: () => void mount('-o', 'remount,size=64m', directory) };
}

test(
  'a full disk: what is acknowledged stays, the feed waits for room and tells everything',
  PATIENCE,
  async (context) => {
    const disk = smallDisk();
    if (disk === null) {
      return context.skip('no disk can be filled: mounting a small tmpfs takes a superuser on Linux');
    }
    const server = await startLocal(['--data', disk.directory]);
    const said = listenTo(server);
    const payload = JSON.stringify('x'.repeat(50_000));
    const acknowledged: string[] = [];
    const put = (id: string): Promise<unknown> =>
      putItem(server.origin, id, { payload }).then(() => acknowledged.push(id));

    let refused = 0;
    for (let count = 0; refused < 3; count += 1) {
      await put(`full-${count}`).catch(() => (refused += 1));
    }
    // part: change-feed
    // Its log may have got the last free page; then it is the position that finds no room.
    const WAITING = /it is retried when that is over|position in a stream cannot be kept/;
    await expect.poll(said, WAITS).toMatch(WAITING);
    // end: change-feed
    const whileFull = await keptIds(server.origin, acknowledged);
    disk.grow();
    await expect
      .poll(
        () =>
          put('with-room').then(
            () => true,
            () => false,
          ),
        WAITS,
      )
      .toBe(true);

    expect(whileFull).toEqual(acknowledged.slice(0, -1));
    expect(said()).toMatch(/^\[dynamodb\] no space is left in .*: writes fail until space is freed$/m);
    // part: change-feed
    await expect
      .poll(() => publishedIds(server.origin), { ...WAITS, interval: 1000 })
      .toEqual(new Set(acknowledged));
    // end: change-feed
    await expect.poll(said, WAITS).toMatch(/^\[dynamodb\] there is space again in /m);
    expect(said()).not.toContain('dropped (');
    await server.stop();
    const again = await startLocal(['--data', disk.directory]);
    expect(await keptIds(again.origin, acknowledged)).toEqual(acknowledged);
  },
);

test('a disk that is full at the start is named in one line', async (context) => {
  const disk = smallDisk();
  if (disk === null) {
    return context.skip('no disk can be filled: mounting a small tmpfs takes a superuser on Linux');
  }
  mkdirSync(join(disk.directory, 'dynamodb'));
  spawnSync('dd', ['if=/dev/zero', `of=${join(disk.directory, 'zeros')}`, 'bs=1M']);

  const reason = await refusalOf(['--data', disk.directory, '--port', '0']);

  expect(reason).toMatch(/^the data directory .* cannot be written \(ENOSPC\); pass --data DIR/);
  expect(readFileSync('/proc/self/mounts', 'utf8')).toContain(disk.directory);
});
