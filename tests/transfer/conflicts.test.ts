import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { settleTogether } from '../../transfer/import/settle.ts';
import { Pace } from '../../transfer/pace.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript } from './harness/command.ts';
import { createTables, putRows, rowsOf, type TestTables, temporaryFolder } from './harness/tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

async function importLines(tables: TestTables, lines: object[], ...options: string[]) {
  const file = join(temporaryFolder(), 'lines.jsonl');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return runScript('import', [file, '--endpoint', engine.endpoint, '--table', tables.items, ...options]);
}

const payloadOf = async ({ items }: TestTables, id: string) =>
  (await rowsOf(engine.client, items)).get(id)?.['payload'];

const existing = (version: string, more = {}) => ({
  id: { S: 'a' },
  payload: { N: '1' },
  version: { N: version },
  createdAt: { S: '2026-01-01T00:00:00.000Z' },
  updatedAt: { S: '2026-01-01T00:00:00.000Z' },
  ...more,
});

test.each([
  ['local, in one transaction', true],
  ['deployed, by statements', false],
])(
  '%s: of many items those whose ids are taken stay as they are, and the rest is created',
  async (_, isLocal) => {
    const { client } = engine;
    const names = await createTables(client);
    await putRows(client, names.items, [existing('3')]);
    const tables = { ...names, client, isLocal, pace: new Pace(2) };
    const ids = Array.from({ length: isLocal ? 100 : 25 }, (_each, index) =>
      index === 20 ? 'a' : `b${index}`,
    );
    const entries = ids.map((id) => ({
      id,
      row: { ...existing('1'), id: { S: id }, payload: { B: Uint8Array.of(1, 2) } },
      filled: [],
      place: id,
    }));

    const first = await settleTogether(tables, entries, 'fail');
    const again = await settleTogether(tables, entries, 'fail');

    const rows = await rowsOf(client, names.items);
    expect(first.map(({ outcome }) => outcome)).toEqual(
      ids.map((id) => (id === 'a' ? 'refused' : 'created')),
    );
    expect(again.map(({ outcome }) => outcome)).toEqual(
      ids.map((id) => (id === 'a' ? 'refused' : 'unchanged')),
    );
    expect(rows.size).toBe(ids.length);
    expect(rows.get('a')).toEqual(existing('3'));
    expect(rows.get('b0')).toEqual(entries[0]!.row);
  },
);

test('a local table gets many items in one transaction', async () => {
  const { client } = engine;
  const names = await createTables(client);
  const asked: string[] = [];
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        asked.push(commandName ?? '');
        return next(args);
      },
    { step: 'initialize', name: 'asked', override: true },
  );
  const tables = { ...names, client, isLocal: true, pace: new Pace(2) };
  const entries = Array.from({ length: 100 }, (_, index) => ({
    ...{ id: `${index}`, row: { ...existing('1'), id: { S: `${index}` } } },
    ...{ filled: [], place: '' },
  }));

  const settled = await settleTogether(tables, entries, 'fail');
  client.middlewareStack.remove('asked');

  expect(new Set(settled.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  expect(asked).toEqual(['TransactWriteItemsCommand']);
  expect((await rowsOf(client, names.items)).size).toBe(100);
});

describe('an id that another item has', () => {
  test('is refused by default with its line, and the rest is imported', async () => {
    const tables = await createTables(engine.client);
    await putRows(engine.client, tables.items, [existing('3')]);

    const { code, stderr } = await importLines(tables, [{ id: 'a', payload: 2 }, { id: 'b' }]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^line 1: item "a" was not imported: another item has this id \(version 3, /m);
    expect(stderr).toMatch(/^1 created, 0 replaced, 0 there already, 0 left as they were, 1 refused$/m);
    expect(await payloadOf(tables, 'a')).toEqual({ N: '1' });
  });

  test('is left with skip', async () => {
    const tables = await createTables(engine.client);
    await putRows(engine.client, tables.items, [existing('3')]);

    const { code, stderr } = await importLines(tables, [{ id: 'a', payload: 2 }], '--on-conflict', 'skip');

    expect([code, stderr]).toEqual([
      0,
      '0 created, 0 replaced, 0 there already, 1 left as they were, 0 refused\n',
    ]);
    expect(await payloadOf(tables, 'a')).toEqual({ N: '1' });
  });

  test('is written over with replace, takes the next version unless the line has one, and keeps its mark', async () => {
    const tables = await createTables(engine.client);
    await putRows(engine.client, tables.items, [
      existing('3', { referenced: { BOOL: true } }),
      { ...existing('3'), id: { S: 'b' } },
    ]);

    const lines = [
      { id: 'a', payload: 2 },
      { id: 'b', payload: 2, version: 9 },
    ];
    const { code } = await importLines(tables, lines, '--on-conflict', 'replace');

    const rows = await rowsOf(engine.client, tables.items);
    expect(code).toBe(0);
    expect(rows.get('a')).toMatchObject({
      payload: { N: '2' },
      version: { N: '4' },
      createdAt: { S: '2026-01-01T00:00:00.000Z' },
      referenced: { BOOL: true },
    });
    expect(rows.get('b')).toMatchObject({ version: { N: '9' } });
  });

  test('does not count when the item has expired', async () => {
    const tables = await createTables(engine.client);
    await putRows(engine.client, tables.items, [existing('3', { expiresAt: { N: '1000' } })]);

    const { code, stderr } = await importLines(tables, [{ id: 'a', payload: 2 }], '--on-conflict', 'skip');

    expect([code, stderr]).toMatchObject([0, expect.stringMatching(/^1 created/)]);
    expect(await payloadOf(tables, 'a')).toEqual({ N: '2' });
  });
});

test('importing twice changes nothing', async () => {
  const tables = await createTables(engine.client);
  const lines = Array.from({ length: 60 }, (_, index) => ({ id: `i${index}`, payload: { index } }));
  await importLines(tables, lines);
  const before = await rowsOf(engine.client, tables.items);

  const { code, stderr } = await importLines(tables, lines, '--on-conflict', 'replace');

  expect([code, stderr]).toMatchObject([
    0,
    expect.stringMatching(/^0 created, 0 replaced, 60 there already/),
  ]);
  expect(await rowsOf(engine.client, tables.items)).toEqual(before);
});

test('of lines with one id the last one stays with replace', async () => {
  const tables = await createTables(engine.client);
  const lines = Array.from({ length: 40 }, (_, index) => ({
    id: `i${index % 2}`,
    payload: index,
    version: index + 1,
  }));

  const { code } = await importLines(tables, lines, '--on-conflict', 'replace');

  expect(code).toBe(0);
  expect(await payloadOf(tables, 'i0')).toEqual({ N: '38' });
  expect(await payloadOf(tables, 'i1')).toEqual({ N: '39' });
});
