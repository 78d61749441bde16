import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../transfer/format/row.ts';
import { Pace } from '../../transfer/pace.ts';
import { Progress } from '../../transfer/progress.ts';
import { checkTables } from '../../transfer/restore/check.ts';
import { momentOf } from '../../transfer/restore/moment.ts';
import { beginRestore } from '../../transfer/restore/point-in-time.ts';
import { describe as describeProblem } from '../../transfer/restore/problem.ts';
import { repair } from '../../transfer/restore/repair.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript } from './harness/command.ts';
import { recovering, type Recovering, tableNames } from './harness/point-in-time.ts';
import { createTables, putRows, rowsOf, type TestTables, temporaryFolder } from './harness/tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const SUFFIX = '-at-20261129T173800Z';
const AT = ['--at', '2026-11-29T17:38:00Z'];

const texts = (...values: string[]) => ({ L: values.map((S) => ({ S })) });
const claim = (value: string) => `unique#product#/sku#"${value}"`;
const item = (id: string, more: Row = {}): Row => ({ id: { S: id }, version: { N: '1' }, ...more });

/** What `putValidatedItem` stores of two items, of which one refers to the other. */
const ITEMS = [
  item('pen', { kind: { S: 'product' }, claims: texts(claim('PEN')), references: texts('desk', 'pen') }),
  item('desk', { referenced: { BOOL: true } }),
];
const CONSTRAINTS: Row[] = [
  { pk: { S: claim('PEN') }, itemId: { S: 'pen' } },
  { pk: { S: 'referrers#desk' }, referrers: { N: '1' } },
  { pk: { S: 'referrers#other' }, referrers: { N: '0' } },
  { pk: { S: 'request#putItem#key#token' }, input: { S: '{}' } },
];

async function stage(items: Row[] = ITEMS, constraints: Row[] = CONSTRAINTS): Promise<TestTables> {
  const tables = await createTables(engine.client);
  await putRows(engine.client, tables.items, items);
  await putRows(engine.client, tables.constraints, constraints);
  return tables;
}

async function restore(tables: TestTables, args: string[], front?: Recovering) {
  const dynamodb = front ?? (await recovering(engine.client, engine.endpoint));
  const ended = await runScript('restore', [
    '--endpoint',
    dynamodb.endpoint,
    '--table',
    tables.items,
    ...args,
  ]);
  await dynamodb.close();
  return ended;
}

const clientOf = ({ endpoint }: Recovering): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });

describe('npm run restore', () => {
  test('restores both tables to one moment beside the old ones, and gives them their settings last', async () => {
    const tables = await stage();
    await engine.client.send(
      new UpdateTableCommand({
        TableName: tables.items,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    );
    const front = await recovering(engine.client, engine.endpoint);

    const { code, stderr } = await restore(tables, AT, front);

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining(`→ ${tables.items}${SUFFIX}\n`),
    });
    expect(stderr).toContain('2 items, 1 claims, 1 references: all is right\n');
    expect(await rowsOf(engine.client, `${tables.items}${SUFFIX}`)).toEqual(
      await rowsOf(engine.client, tables.items),
    );
    expect(front.settings).toEqual(
      ['UpdateTable Items', 'UpdateTimeToLive Items', 'UpdateContinuousBackups Items']
        .concat(['UpdateTimeToLive Constraints', 'UpdateContinuousBackups Constraints'])
        .map((setting) => setting.replace(' ', ` ${tables.items.split('-')[0]}-`) + SUFFIX),
    );
  });

  test('goes on where it was stopped, and takes the latest moment that all tables have', async () => {
    const tables = await stage();
    const front = await recovering(engine.client, engine.endpoint);
    const args = ['--endpoint', front.endpoint, '--table', tables.items, '--at', 'latest'];

    const first = await runScript('restore', args);
    const again = await runScript('restore', args);
    await front.close();

    expect([first.code, again.code]).toEqual([0, 0]);
    expect(again.stderr).toContain(`${tables.items} → ${tables.items}${SUFFIX} (there already)`);
  });

  test('is right where somebody else has begun the same meanwhile, and where there is nothing to restore', async () => {
    const tables = await stage([], []);
    const front = await recovering(engine.client, engine.endpoint);
    const args = ['--endpoint', front.endpoint, '--table', tables.items, ...AT];

    const { code, stderr } = await runScript('restore', args);
    const recovery = { client: clientOf(front), pace: new Pace(1), pollMs: 1 };
    const moment = new Date('2026-11-29T17:38:00Z');
    await beginRestore(recovery, tables.items, `${tables.items}${SUFFIX}`, moment);
    await expect(
      beginRestore(recovery, tables.constraints, `${tables.items}${SUFFIX}`, moment),
    ).rejects.toThrow('Table already exists');
    await front.close();

    expect(code).toBe(0);
    expect(stderr).toContain('0 items, 0 claims, 0 references: all is right\n');
  });

  test.each([
    ['restore', [...AT]],
    ['backup', []],
    ['backup', ['--name', 'before']],
  ] as const)('%s %j says in one line that the local server has no backups', async (script, args) => {
    const tables = await stage();

    const { code, stderr } = await runScript(script, [
      ...['--endpoint', engine.endpoint, '--table', tables.items],
      ...args,
    ]);

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^the local DynamoDB makes no backups; .* saves the data of a local server\n$/,
      ),
    });
  });

  test('--dry-run restores nothing', async () => {
    const tables = await stage();

    const { code, stderr } = await restore(tables, [...AT, '--dry-run']);

    expect(code).toBe(0);
    expect(stderr.split('\n').filter(Boolean)).toHaveLength(2);
    expect(await tableNames(engine.client)).not.toContain(`${tables.items}${SUFFIX}`);
  });

  test.each([
    ['neither a moment nor a check', []],
    ['both', [...AT, '--check']],
  ])('refuses %s', async (_, args) => {
    const { code, stderr } = await runScript('restore', args);

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'pass either --at TIME or --check, and no file; see npm run restore -- --help\n',
    });
  });

  test('takes a moment to the second, and refuses one that tables do not have, with all of their times', () => {
    const window = (table: string, latest: string) => ({
      table,
      earliest: new Date('2026-11-01T00:00:00.500Z'),
      latest: new Date(latest),
    });
    const windows = [window('a', '2026-11-29T17:38:00.700Z'), window('b', '2026-11-29T17:40:00Z')];

    expect(momentOf('latest', windows).toISOString()).toBe('2026-11-29T17:38:00.000Z');
    expect(momentOf('2026-11-29T18:38:00+01:00', windows).toISOString()).toBe('2026-11-29T17:38:00.000Z');
    expect(() => momentOf('2026-11-29T17:39:00Z', windows)).toThrow(
      '2026-11-29T17:39:00.000Z cannot be restored: there is a from 2026-11-01T00:00:00.500Z to 2026-11-29T17:38:00.700Z',
    );
    expect(() => momentOf('2026-10-01T00:00:00Z', windows)).toThrow(/there is a from .*, b from /);
    expect(() => momentOf('yesterday', windows)).toThrow(
      '--at yesterday is not a time; pass one such as 2026-11-29T17:38:00Z, or latest',
    );
  });

  test('refuses tables without recovery, and names that are taken, before anything is made', async () => {
    const tables = await stage();
    const off = await recovering(engine.client, engine.endpoint, [tables.items, tables.constraints]);
    const taken = await stage();
    await putRows(engine.client, taken.items, [item('more')]);
    const { client } = engine;
    await restore(taken, AT); // by a front that forgets what it restored

    const [without, again] = [await restore(tables, AT, off), await restore(taken, AT)];

    expect(without.stderr).toContain(
      `point-in-time recovery is off for ${tables.items}, ${tables.constraints}, so`,
    );
    expect(again.stderr).toMatch(
      /there is a table \S+-Items-at-\S+ that was not restored from .*; there is a table/,
    );
    expect([without.code, again.code]).toEqual([1, 1]);
    expect(await tableNames(client)).not.toContain(`${tables.items}${SUFFIX}`);
  });
});

const checked = (tables: TestTables) => ({ ...tables, client: engine.client, pace: new Pace(4) });
const check = (tables: TestTables) =>
  checkTables(
    checked(tables),
    Date.now() / 1000,
    new Progress({ write: () => undefined }),
    new AbortController().signal,
  );

describe('the check', () => {
  const past = { expiresAt: { N: '1' } };

  test.each<[what: string, items: Row[], constraints: Row[], message: RegExp]>([
    [
      'a claim without a row',
      ITEMS,
      CONSTRAINTS.slice(1),
      /PEN.* has no row, though item "pen" has the value/,
    ],
    [
      'a claim of another item',
      ITEMS,
      [{ pk: { S: claim('PEN') }, itemId: { S: 'desk' } }, ...CONSTRAINTS.slice(1)],
      /PEN.* belongs to "desk", which does not have the value; item "pen" does/,
    ],
    [
      'a claim of an item that is gone',
      ITEMS,
      [...CONSTRAINTS, { pk: { S: claim('OLD') }, itemId: { S: 'gone' } }],
      /OLD.* belongs to "gone", which does not have the value/,
    ],
    [
      'a count that is too high',
      ITEMS,
      [...CONSTRAINTS, { pk: { S: 'referrers#pen' }, referrers: { N: '2' } }],
      /"referrers#pen" counts 2, and 0 items refer to it/,
    ],
    [
      'a count that is missing',
      ITEMS,
      CONSTRAINTS.filter((_, at) => at !== 1),
      /"referrers#desk" counts 0, and 1 items/,
    ],
    [
      'an item without its mark',
      [ITEMS[0]!, item('desk')],
      CONSTRAINTS,
      /item "desk" is referred to and does not say so/,
    ],
  ])('finds %s, and repairs it', async (_, items, constraints, message) => {
    const tables = await stage(items, constraints);

    const { problems } = await check(tables);
    const repaired = await repair(checked(tables), problems[0]!);

    expect(problems.map(describeProblem)).toEqual([expect.stringMatching(message)]);
    expect(repaired).toBe(true);
    expect((await check(tables)).problems).toEqual([]);
  });

  test('does not repair what has changed since', async () => {
    const tables = await stage(ITEMS, CONSTRAINTS.slice(1));
    const { problems } = await check(tables);
    await putRows(engine.client, tables.constraints, [CONSTRAINTS[0]!]);

    expect(await repair(checked(tables), problems[0]!)).toBe(false);
  });

  test('leaves to people what two items claim, and repairs the rest', async () => {
    const tables = await stage(
      [...ITEMS, item('pen-2', { claims: texts(claim('PEN')) })],
      CONSTRAINTS.slice(0, 1),
    );

    const without = await restore(tables, ['--check']);
    const tried = await restore(tables, ['--check', '--repair', '--dry-run']);
    const { code, stderr } = await restore(tables, ['--check', '--repair']);

    expect(without).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ 2 problems; .* --repair corrects them/),
    });
    expect({ ...tried, stderr: tried.stderr.split('\n') }).toEqual({
      ...without,
      stderr: without.stderr.split('\n'),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/PEN.* is the value of two items.*correct one of them/);
    expect(stderr).toContain('1 of 2 problems repaired');
  });

  test('passes over what has expired, and over references to items that expired', async () => {
    const tables = await stage(
      [
        ...ITEMS,
        item('old', { claims: texts(claim('X')), ...past }),
        item('cap', { references: texts('old') }),
      ],
      [
        ...CONSTRAINTS,
        { pk: { S: claim('Y') }, itemId: { S: 'older' }, ...past },
        { pk: { S: 'referrers#old' }, referrers: { N: '1' } },
      ],
    );

    expect(await check(tables)).toEqual({
      items: 3,
      claims: 1,
      references: 2,
      leadingNowhere: 1,
      problems: [],
    });
  });
});

test('what a backup has is copied back: items that differ get the next version, equal ones are not written', async () => {
  const tables = await stage(
    [
      item('same', { ...times, payload: { N: '1' }, version: { N: '7' } }),
      item('spoilt', { ...times, payload: { N: '2' }, version: { N: '5' } }),
    ],
    [],
  );
  const file = join(temporaryFolder(), 'backup.jsonl');
  writeFileSync(
    file,
    ['same', 'spoilt', 'gone']
      .map((id) => JSON.stringify({ Item: item(id, { ...times, payload: { N: '1' }, version: { N: '3' } }) }))
      .join('\n'),
  );
  const { code, stderr } = await runScript('import', [
    ...[file, '--endpoint', engine.endpoint, '--table', tables.items],
    ...['--on-conflict', 'replace', '--next-version'],
  ]);

  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining('1 created, 1 replaced, 1 there already'),
  });
  const versions = [...(await rowsOf(engine.client, tables.items))].map(([id, row]) => [
    id,
    row['version']!.N,
  ]);
  expect(Object.fromEntries(versions)).toEqual({ same: '7', spoilt: '6', gone: '3' });
});

const times = { createdAt: { S: '2026-11-29T00:00:00.000Z' }, updatedAt: { S: '2026-11-29T00:00:00.000Z' } };

test('npm run backup tells what can be restored, and makes backups that stay', async () => {
  const tables = await stage();
  const front = await recovering(engine.client, engine.endpoint);
  const place = ['--endpoint', front.endpoint, '--table', tables.items];

  const told = await runScript('backup', place);
  const made = await runScript('backup', [...place, '--name', 'before-migration']);
  const refused = await runScript('backup', [...place, '--name', 'a b']);
  await front.close();

  expect(told.stdout).toContain(
    `${tables.items}: any second from 2026-11-01T00:00:00.000Z to 2026-11-29T17:38:00.000Z\n${tables.constraints}: any`,
  );
  expect(made.code).toBe(0);
  expect(front.settings).toEqual([`CreateBackup ${tables.items}`, `CreateBackup ${tables.constraints}`]);
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--name a b: use 3 to 255 letters'),
  });
});
