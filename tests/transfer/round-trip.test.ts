import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { itemMembers } from '../../model/item.ts';
import type { Row } from '../../transfer/format/row.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript } from './harness/command.ts';
import { randomRows } from './harness/random-rows.ts';
import { createTables, putRows, rowsOf, temporaryFolder } from './harness/tables.ts';

let engine: Engine;
const at = (table: string): string[] => ['--endpoint', engine.endpoint, '--table', table];

beforeAll(async () => {
  engine = await startEngine();
});

afterAll(() => engine?.stop());

describe.each(['dynamodb-json', 'jsonl'] as const)('%s', (format) => {
  test(
    'export, import, export is the same to the byte, and the rows are equal',
    { timeout: 240_000 },
    async () => {
      const { client } = engine;
      const [from, to] = [await createTables(client), await createTables(client)];
      await putRows(client, from.items, randomRows(7, 1000, true));
      const folder = temporaryFolder();
      const [first, second] = [join(folder, 'first'), join(folder, 'second')];

      const exported = await runScript('export', [first, '--format', format, ...at(from.items)]);
      const imported = await runScript('import', [first, ...at(to.items)]);
      const again = await runScript('export', [
        second,
        '--format',
        format,
        '--segments',
        '3',
        ...at(to.items),
      ]);

      expect([exported.code, imported.code, again.code], imported.stderr).toEqual([0, 0, 0]);
      expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
      expect(await rowsOf(client, to.items)).toEqual(await rowsOf(client, from.items));
      const ids = readFileSync(first, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { id?: string; Item?: { id: { S: string } } })
        .map(({ id, Item }) => id ?? Item!.id.S);
      expect(ids).toHaveLength(1006);
      expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
    },
  );
});

test('JSON Lines show what JSON can say as the API does, and all else as DynamoDB JSON', async () => {
  const { client } = engine;
  const { items } = await createTables(client);
  const common = {
    version: { N: '2' },
    createdAt: { S: '2026-11-24T08:00:00.000Z' },
    updatedAt: { S: '2026-11-24T09:00:00.000Z' },
  };
  await putRows(client, items, [
    { id: { S: 'plain' }, payload: { M: { n: { N: '12345678901234567890123456789012345678' } } }, ...common },
    { id: { S: 'set' }, payload: { SS: ['b', 'a'] }, ...common },
  ]);

  const { stdout, stderr, code } = await runScript('export', ['-', '--format', 'jsonl', ...at(items)]);

  expect(code).toBe(0);
  const [plain, ...others] = stdout.split('\n');
  const known = { version: 2, createdAt: common.createdAt.S, updatedAt: common.updatedAt.S };
  const nulls = Object.fromEntries(itemMembers().map((name) => [name, null]));
  const line = JSON.stringify({ ...nulls, id: 'plain', payload: { n: 'DIGITS' }, ...known });
  expect(plain).toBe(line.replace('"DIGITS"', '12345678901234567890123456789012345678'));
  expect(others).toEqual([
    '{"Item":{"createdAt":{"S":"2026-11-24T08:00:00.000Z"},"id":{"S":"set"},"payload":{"SS":["a","b"]},' +
      '"updatedAt":{"S":"2026-11-24T09:00:00.000Z"},"version":{"N":"2"}}}',
    '',
  ]);
  expect(stderr).toMatch(/2 items exported; 1 of them as DynamoDB JSON/);
});

test('a name that ends with .gz is gzip, and gzip is told by its content', async () => {
  const { client } = engine;
  const [from, to] = [await createTables(client), await createTables(client)];
  await putRows(client, from.items, randomRows(8, 50, false));
  const folder = temporaryFolder();

  const exported = await runScript('export', [join(folder, 'a.gz'), ...at(from.items)]);
  writeFileSync(join(folder, 'b'), readFileSync(join(folder, 'a.gz')));
  const imported = await runScript('import', [join(folder, 'b'), ...at(to.items)]);

  expect(
    gunzipSync(readFileSync(join(folder, 'a.gz')))
      .toString()
      .split('\n'),
  ).toHaveLength(57);
  expect([exported.code, imported.code]).toEqual([0, 0]);
  expect(await rowsOf(client, to.items)).toEqual(await rowsOf(client, from.items));
});

test('an export names what no import takes, and leaves nothing out', async () => {
  const { client } = engine;
  const { items } = await createTables(client);
  const time = { S: '2026-11-24T08:00:00.000Z' };
  const item = (id: string, more: Row): Row => ({
    ...{ id: { S: id }, payload: { NULL: true }, version: { N: '1' }, createdAt: time, updatedAt: time },
    ...more,
  });
  const lists = (levels: number): AttributeValue =>
    Array.from({ length: levels }).reduce<AttributeValue>((inner) => ({ L: [inner] }), { L: [] });
  await putRows(client, items, [
    item('deep', { payload: lists(31) }),
    item('fits', { payload: lists(30), expiresAt: { N: '253402300799' } }),
    item('unnamed', { payload: { L: [{ M: { '': { S: 'x' } } }] } }),
    item('half', { version: { N: '1.5' } }),
    item('far', { expiresAt: { N: '10000000000000000' } }),
    item('never', { createdAt: { S: '2026-02-30T00:00:00Z' } }),
  ]);
  const file = join(temporaryFolder(), 'items');

  const exported = await runScript('export', [file, ...at(items)]);
  const imported = await runScript('import', [file, '--dry-run']);

  const named = [
    ...exported.stderr.matchAll(/^item "(\w+)" is exported, but import would refuse it: (\S+):/gm),
  ];
  expect(named.map(([, id, where]) => `${id} ${where}`).sort()).toEqual([
    `deep /payload${'/0'.repeat(31)}`,
    'far /expiresAt',
    'half /version',
    'never /createdAt',
    'unnamed /payload/0',
  ]);
  expect([exported.code, imported.code]).toEqual([0, 1]);
  expect(imported.stderr).toContain('5 lines are wrong');
});

test('standard output of one is standard input of the other', async () => {
  const { client } = engine;
  const [from, to] = [await createTables(client), await createTables(client)];
  await putRows(client, from.items, randomRows(9, 50, false));

  const { stdout } = await runScript('export', ['-', ...at(from.items)]);
  const { code } = await runScript('import', ['-', ...at(to.items)], stdout);

  expect(code).toBe(0);
  expect(await rowsOf(client, to.items)).toEqual(await rowsOf(client, from.items));
});

test('an export to S3 is imported from its folder', async () => {
  const { client } = engine;
  const { items } = await createTables(client);
  const folder = temporaryFolder();
  const place = join(folder, 'AWSDynamoDB', '01693685827463-2d8752fd');
  mkdirSync(join(place, 'data'), { recursive: true });
  const line = (id: string): string => `{"Item":{"id":{"S":"${id}"},"payload":{"N":"1"}}}\n`;
  writeFileSync(join(place, 'data', 'one.json.gz'), gzipSync(line('a') + line('b')));
  writeFileSync(join(place, 'data', 'two.json.gz'), gzipSync(line('c')));
  writeFileSync(join(place, 'data', 'none.json.gz'), gzipSync(''));
  const summary = { version: '2020-06-30', itemCount: 3, outputFormat: 'DYNAMODB_JSON' };
  writeFileSync(join(place, 'manifest-summary.json'), JSON.stringify(summary));
  const manifest = (counts: [string, number][]): void =>
    writeFileSync(
      join(place, 'manifest-files.json'),
      counts
        .map(([name, itemCount]) =>
          JSON.stringify({ itemCount, dataFileS3Key: `AWSDynamoDB/01693685827463-2d8752fd/data/${name}` }),
        )
        .join('\n'),
    );

  manifest([
    ['one.json.gz', 2],
    ['two.json.gz', 2],
    ['none.json.gz', 0],
  ]);
  const short = await runScript('import', [folder, ...at(items)]);
  const before = await rowsOf(client, items);
  manifest([
    ['one.json.gz', 2],
    ['two.json.gz', 1],
    ['none.json.gz', 0],
  ]);
  const whole = await runScript('import', [folder, ...at(items)]);

  expect(short.code).toBe(1);
  expect(short.stderr).toMatch(/two\.json\.gz holds 1 items, its manifest says 2/);
  expect(before.size).toBe(0);
  expect(whole.code).toBe(0);
  expect([...(await rowsOf(client, items)).keys()].sort()).toEqual(['a', 'b', 'c']);
});
