import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { toDynamoDbLine } from '../../transfer/format/dynamodb-json.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript, startScript } from './harness/command.ts';
import { randomRows } from './harness/random-rows.ts';
import { createTables, putRows, rowsOf, temporaryFolder } from './harness/tables.ts';
import { slowed, type Throttling, throttling } from './harness/throttling.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine?.stop());

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 5 });

test(
  'an import that is killed is resumed by the same command, with the same result',
  { timeout: 240_000 },
  async () => {
    const { client } = engine;
    const tables = await createTables(client);
    const rows = randomRows(11, 1500, true);
    const file = join(temporaryFolder(), 'items.json');
    const referring = '{"Item":{"id":{"S":"A"},"references":{"L":[{"S":"deep"}]}}}\n';
    writeFileSync(file, referring + rows.map((row) => `${toDynamoDbLine(row)}\n`).join(''));
    const front = await slowed(engine.endpoint, 150);
    // One transaction of a hundred at a time: it saves how far it came after a second.
    const options = [file, '--endpoint', front.endpoint, '--table', tables.items, '--concurrency', '1'];

    const { process: child, ended } = startScript('import', options);
    const position = (): number =>
      existsSync(`${file}.import-state.json`)
        ? (JSON.parse(readFileSync(`${file}.import-state.json`, 'utf8')) as { position: number }).position
        : 0;
    await until(() => position() > 0);
    child.kill('SIGKILL');
    const { code } = await ended;
    const reached = position();
    const partly = (await rowsOf(client, tables.items)).size;
    const resumed = await runScript('import', options);
    await front.close();

    expect(code).toBe('SIGKILL');
    expect(reached).toBeLessThan(rows.length);
    expect(partly).toBeLessThan(rows.length);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stderr).toContain(`resuming after line ${reached}\n`);
    expect(existsSync(`${file}.import-state.json`)).toBe(false);
    const all = await rowsOf(client, tables.items);
    expect(all.size).toBe(rows.length + 1);
    for (const row of rows) {
      const id = row['id']!.S!;
      const expected = id === 'deep' ? { ...row, referenced: { BOOL: true } } : row;
      expect(toDynamoDbLine(all.get(id)!)).toBe(toDynamoDbLine(expected));
    }
    expect((await rowsOf(client, tables.constraints, 'pk')).get('referrers#deep')?.['referrers']).toEqual({
      N: '1',
    });
  },
);

test(
  'an export that is killed is resumed by the same command, with the same result',
  { timeout: 240_000 },
  async () => {
    const { client } = engine;
    const tables = await createTables(client);
    await putRows(client, tables.items, randomRows(12, 3000, true));
    const folder = temporaryFolder();
    const [whole, file] = [join(folder, 'whole'), join(folder, 'resumed')];
    const front = await slowed(engine.endpoint, 3000);

    const { process: child, ended } = startScript('export', [
      file,
      '--endpoint',
      front.endpoint,
      '--table',
      tables.items,
      '--segments',
      '2',
    ]);
    await until(() => existsSync(join(`${file}.export`, 'state.json')));
    child.kill('SIGKILL');
    const { code } = await ended;
    const appeared = existsSync(file);
    await front.quicken();
    const same = [file, '--endpoint', front.endpoint, '--table', tables.items];
    const resumed = await runScript('export', same);
    await runScript('export', [whole, '--endpoint', engine.endpoint, '--table', tables.items]);
    await front.close();

    expect([code, appeared]).toEqual(['SIGKILL', false]);
    expect(resumed.stderr).toMatch(/^resuming after [1-9]\d* items$/m);
    expect(resumed.code).toBe(0);
    expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
    expect(existsSync(`${file}.export`)).toBe(false);
  },
);

test('a state of another import is not taken up', async () => {
  const { client } = engine;
  const { items } = await createTables(client);
  const file = join(temporaryFolder(), 'items.jsonl');
  writeFileSync(file, '{"id":"a"}\n');
  writeFileSync(`${file}.import-state.json`, JSON.stringify({ source: 'another', position: 1 }));
  const options = [file, '--endpoint', engine.endpoint, '--table', items];

  const refused = await runScript('import', options);
  const restarted = await runScript('import', [...options, '--restart']);

  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/is of an interrupted import with the file as it was; .* pass --restart/);
  expect(restarted.code).toBe(0);
});

test('throttling of every kind is waited out, and nothing is lost', { timeout: 240_000 }, async () => {
  const { client } = engine;
  const tables = await createTables(client);
  const rows = randomRows(13, 1500, true);
  const folder = temporaryFolder();
  const file = join(folder, 'items.json');
  const claiming = Array.from(
    { length: 5 },
    (_, index) => `{"Item":{"id":{"S":"c${index}"},"claims":{"L":[{"S":"unique#k#/v#${index}"}]}}}\n`,
  );
  writeFileSync(file, claiming.join('') + rows.map((row) => `${toDynamoDbLine(row)}\n`).join(''));
  const front: Throttling = await throttling(engine.endpoint, 0.3);

  const imported = await runScript('import', [file, '--endpoint', front.endpoint, '--table', tables.items]);
  const refused = front.refused;
  const exported = await runScript('export', [
    `${file}.out`,
    '--endpoint',
    front.endpoint,
    '--table',
    tables.items,
  ]);
  await front.close();

  expect(imported.code, imported.stderr).toBe(0);
  expect(refused).toBeGreaterThan(20);
  expect(exported.code).toBe(0);
  expect(readFileSync(`${file}.out`, 'utf8').split('\n')).toHaveLength(rows.length + 6);
  expect((await rowsOf(client, tables.constraints, 'pk')).size).toBe(5);
});
