import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePut } from '../../functions/put-validated-item/put.ts';
import { kinds } from '../../schema/generated/kinds.js';
import { countryItems } from '../../transfer/seed/country-items.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript } from './harness/command.ts';
import { createTables, putRows, rowsOf, type TestTables, temporaryFolder } from './harness/tables.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const put = (tables: TestTables) =>
  makePut({ ...tables, client: engine.tables.client }, new Map(kinds.map((kind) => [kind.kind, kind])));
const admin = { readsAll: true, writesAll: true, writesOwn: true, owner: null };
const country = countryItems()[0]!;
const payload = JSON.parse(country.payload) as { cca2: string };

async function importText(tables: TestTables, text: string, ...options: string[]) {
  const file = join(temporaryFolder(), 'lines');
  writeFileSync(file, text);
  return runScript('import', [file, '--endpoint', engine.endpoint, '--table', tables.items, ...options]);
}

const constraintsOf = (tables: TestTables) => rowsOf(engine.client, tables.constraints, 'pk');

describe('unique values', () => {
  test.each([
    ['', {}],
    [' that expires', { expiresAt: 4_102_444_800 }],
  ])('of an imported item%s are taken, with the rows that putValidatedItem makes', async (_, expiry) => {
    const [imported, written] = [await createTables(engine.client), await createTables(engine.client)];
    const line = JSON.stringify({ id: country.id, kind: 'country', payload, ...expiry });

    const { code } = await importText(imported, `${line}\n`);
    await put(written)({ id: country.id, kind: 'country', payload, ...expiry }, admin);
    const other = await put(imported)({ id: 'other', kind: 'country', payload }, admin);

    expect(code).toBe(0);
    expect(await constraintsOf(imported)).toEqual(await constraintsOf(written));
    const rows = await Promise.all(
      [imported, written].map(async ({ items }) => (await rowsOf(engine.client, items)).get(country.id)),
    );
    expect(rows[0]!['claims']).toEqual(rows[1]!['claims']);
    expect(rows[0]!['payload']).toEqual(rows[1]!['payload']);
    expect(other).toMatchObject({ error: { errorType: 'Conflict' } });
  });

  test('that another item holds refuse the item; a replaced item frees its own', async () => {
    const tables = await createTables(engine.client);
    await put(tables)({ id: 'first', kind: 'country', payload }, admin);
    const claim = `unique#country#/cca2#"${payload.cca2}"`;
    const row = (id: string, claims: string[]): string =>
      `${JSON.stringify({ Item: { id: { S: id }, claims: { L: claims.map((S) => ({ S })) } } })}\n`;

    const taken = await importText(tables, row('second', [claim]), '--on-conflict', 'replace');
    const replaced = await importText(
      tables,
      row('first', ['unique#country#/x#1']),
      '--on-conflict',
      'replace',
    );

    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain(`its unique value is taken: ${claim} is held by item "first"`);
    expect(replaced.code).toBe(0);
    expect([...(await rowsOf(engine.client, tables.items)).keys()]).toEqual(['first']);
    expect([...(await constraintsOf(tables)).keys()]).toEqual(['unique#country#/x#1']);
  });
});

describe('references', () => {
  const referring = (id: string, ...targets: string[]): string =>
    `${JSON.stringify({ Item: { id: { S: id }, references: { L: targets.map((S) => ({ S })) } } })}\n`;

  test('are counted once and mark what they lead to, wherever it is in the file', async () => {
    const tables = await createTables(engine.client);
    await putRows(engine.client, tables.items, [{ id: { S: 'there' } }]);
    const text = referring('a', 'there', 'z', 'b') + referring('b', 'z', 'a') + '{"id":"z"}\n';

    const first = await importText(tables, text);
    const second = await importText(tables, text);

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(second.stderr).toMatch(/^0 created, 0 replaced, 3 there already/m);
    const rows = await rowsOf(engine.client, tables.items);
    for (const id of ['there', 'z', 'a', 'b']) {
      expect(rows.get(id)).toMatchObject({ referenced: { BOOL: true } });
    }
    const counts = [...(await constraintsOf(tables))].map(([pk, row]) => [pk, row['referrers']?.N]);
    expect(counts.sort()).toEqual([
      ['referrers#a', '1'],
      ['referrers#b', '1'],
      ['referrers#there', '1'],
      ['referrers#z', '2'],
    ]);
  });

  test('of an item that was there already mark what comes after it, as after a kill before marking', async () => {
    const tables = await createTables(engine.client);
    await importText(tables, referring('a', 'b'));

    const { stderr } = await importText(tables, `${referring('a', 'b')}{"id":"b"}\n`);

    expect(stderr).toMatch(/^1 created, 0 replaced, 1 there already/m);
    const rows = await rowsOf(engine.client, tables.items);
    expect(rows.get('b')).toMatchObject({ referenced: { BOOL: true } });
  });

  test('that are replaced are counted anew; those that lead nowhere are told', async () => {
    const tables = await createTables(engine.client);
    await importText(tables, `{"id":"x"}\n${referring('a', 'x')}`);

    const { code, stderr } = await importText(tables, referring('a', 'gone'), '--on-conflict', 'replace');

    expect(code).toBe(0);
    expect(stderr).toMatch(/^line 1: item "a" refers to "gone", and there is no such item$/m);
    const counts = [...(await constraintsOf(tables))].map(([pk, row]) => [pk, row['referrers']?.N]);
    expect(counts.sort()).toEqual([
      ['referrers#gone', '1'],
      ['referrers#x', '0'],
    ]);
  });
});
