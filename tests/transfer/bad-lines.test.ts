import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseLine } from '../../transfer/format/parse-line.ts';
import { Unfit } from '../../transfer/format/unfit.ts';
import { type Engine, startEngine } from '../unit/functions/harness/dynamodb-engine.ts';
import { runScript, startScript } from './harness/command.ts';
import { createTables, rowsOf, temporaryFolder } from './harness/tables.ts';

const parse = (line: string | Buffer, validated = true) =>
  parseLine(Buffer.from(line), { now: '2026-11-24T10:00:00.000Z', validated });

const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a line that cannot become an item says where and what', () => {
  test.each([
    ['{"id":"a"', /^is not JSON: /],
    ['{"id":"a","payload":01}', /^is not JSON: /],
    ['[{"id":"a"}]', /is not an object; expected one item a line/],
    ['{"key":"a"}', /has neither "id" \(JSON Lines\) nor "Item" \(DynamoDB JSON\); it has \["key"\]/],
    ['{"Keys":{"id":{"S":"a"}},"NewImage":{}}', /incremental export/],
    ['{"id":" "}', /^\/id: id is required/],
    ['{"id":7}', /^\/id: 7 is not a text/],
    [`{"id":"${'x'.repeat(2049)}"}`, /^\/id: id has 2049 bytes; at most 2048 are allowed/],
    ['{"id":"\\ud83d"}', /^\/id: .* holds an unpaired surrogate/],
    ['{"id":"a","payload":{"x":["\\udc00"]}}', /^\/payload\/x\/0: .* an unpaired surrogate/],
    ['{"id":"a","payload":"\\ude00\\ud83d"}', /^\/payload: .* an unpaired surrogate/],
    [
      `{"Item":{"id":{"S":"a"},"references":{"L":[{"S":"${'x'.repeat(2039)}"}]}}}`,
      /^\/Item\/references: .* is not a key of at most 2038 bytes/,
    ],
    ['{"id":"a","paylaod":1}', /^\/paylaod: is not a member of an item/],
    ['{"id":"a","version":0}', /^\/version: 0 is not a whole number from 1 to 2147483647/],
    ['{"id":"a","version":3000000000}', /^\/version: 3000000000 is not a whole number from 1/],
    ['{"id":"a","version":"1"}', /^\/version: "1" is not a number/],
    ['{"Item":{"id":{"S":"a"},"version":{"N":"1.5"}}}', /^\/Item\/version: 1\.5 is not a whole number/],
    ['{"Item":{"id":{"S":"a"},"version":{"N":"1e50"}}}', /^\/Item\/version: 1e50 is not a whole number/],
    ['{"id":"a","expiresAt":1900000000.5}', /^\/expiresAt: 1900000000\.5 is not a whole number of seconds/],
    [
      '{"id":"a","expiresAt":1900000000000}',
      /^\/expiresAt: expiresAt 1900000000000 looks like milliseconds.* 1900000000$/,
    ],
    [
      '{"Item":{"id":{"S":"a"},"expiresAt":{"N":"31556889864403199"}}}',
      /^\/Item\/expiresAt: .* out of range/,
    ],
    [
      '{"Item":{"id":{"S":"a"},"expiresAt":{"N":"253402300800"}}}',
      /^\/Item\/expiresAt: expiresAt 253402300800 looks like/,
    ],
    ['{"id":"a","version":1.5}', /^\/version: 1\.5 is not a whole number/],
    ['{"id":"a","createdAt":"yesterday"}', /^\/createdAt: "yesterday" is not a time/],
    ['{"id":"a","createdAt":"2026-02-30T00:00:00Z"}', /^\/createdAt: "2026-02-30.* is not a time/],
    ['{"id":"a","createdAt":"2026-02-28T24:00:00Z"}', /^\/createdAt: "2026-02-28T24.* is not a time/],
    ['{"id":"a","updatedAt":"9999-12-31T23:59:59-05:00"}', /^\/updatedAt: "9999.* is not a time/],
    [
      '{"Item":{"id":{"S":"a"},"createdAt":{"S":"yesterday"}}}',
      /^\/Item\/createdAt: "yesterday" is not a time/,
    ],
    [
      '{"Item":{"id":{"S":"a"},"updatedAt":{"S":"2026-02-30T00:00:00Z"}}}',
      /^\/Item\/updatedAt: .* is not a time/,
    ],
    ['{"id":"a","payload":[{"":1}]}', /^\/payload\/0: has a member with an empty name/],
    [
      '{"Item":{"id":{"S":"a"},"payload":{"M":{"":{"S":"x"}}}}}',
      /^\/Item\/payload: has a member with an empty name/,
    ],
    ['{"Item":{"id":{"S":"a"},"":{"S":"x"}}}', /^\/Item: has a member with an empty name/],
    [
      `{"Item":{"id":{"S":"a"},"owner":{"S":"${'x'.repeat(2049)}"}}}`,
      /^\/Item\/owner: owner has 2049 bytes; at most 2048 are allowed/,
    ],
    ['{"id":{"S":"a"},"version":{"S":"1"}}', /^\/version: is of type S, expected N/],
    ['{"id":"a","owner":""}', /^\/owner: is empty/],
    [
      '{"id":"a","payload":{"n":[123456789012345678901234567890123456789]}}',
      /^\/payload\/n\/0: number "1234.*" has 39 significant digits, DynamoDB keeps 38/,
    ],
    ['{"id":"a","payload":1e126}', /^\/payload: number "1e126" is out of range/],
    ['{"id":"a","payload":-1e-131}', /^\/payload: number "-1e-131" is out of range/],
    [`{"id":"a","payload":${deep(32)}}`, /more than 31 lists and maps inside each other/],
    [
      `{"id":"a","payload":"${'x'.repeat(410_000)}"}`,
      /the item has 410\d+ bytes, DynamoDB's limit is 409600/,
    ],
    ['{"id":"a","kind":"unheard"}', /^\/kind: kind "unheard" is not registered; there are /],
    ['{"id":"a","kind":"country","payload":{"cca2":"x"}}', /breaks the rules of kind country: \/payload/],
    ['{"Item":{"id":{"N":"1"}}}', /^\/Item\/id: is of type N, expected S/],
    ['{"Item":{"id":{"S":"a"},"payload":{"X":1}}}', /^\/Item\/payload: .* is not DynamoDB JSON/],
    [
      '{"Item":{"id":{"S":"a"},"payload":{"M":{"n":{"N":1}}}}}',
      /^\/Item\/payload\/n: 1 cannot be the value of the type N/,
    ],
    ['{"Item":{"id":{"S":"a"},"payload":{"B":"%"}}}', /cannot be the value of the type B/],
    ['{"Item":{"id":{"S":"a"},"payload":{"SS":[]}}}', /cannot be the value of the type SS/],
    ['{"Item":{"id":{"S":"a"},"claims":{"L":[{"S":"x"}]}}}', /^\/Item\/claims: "x" is not a claim/],
    [Buffer.from([0x22, 0xff, 0x22]), /^is not UTF-8/],
  ])('%s', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test.each([
    ['a payload', `{"id":"a","payload":${deep(200_000)}}`],
    ['the line itself', deep(200_000)],
    ['an unknown member', `{"id":"a","paylaod":${deep(200_000)}}`],
    ['DynamoDB JSON', `{"Item":${'{"L":['.repeat(200_000)}${']}'.repeat(200_000)}}`],
  ])('%s of lists too deep to be walked', (_, line) => {
    expect(() => parse(line)).toThrow(Unfit);
  });
});

describe('a line that can', () => {
  test('without version and times gets version 1 and the time of the import', () => {
    expect(parse('{"id":"a"}')).toEqual({
      id: 'a',
      filled: ['version', 'createdAt', 'updatedAt'],
      row: {
        id: { S: 'a' },
        payload: { NULL: true },
        version: { N: '1' },
        createdAt: { S: '2026-11-24T10:00:00.000Z' },
        updatedAt: { S: '2026-11-24T10:00:00.000Z' },
      },
    });
  });

  test.each([
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['-9007199254740993', '-9007199254740993'],
    ['0.10', '0.1'],
    ['100', '100'],
    ['1.5E+2', '150'],
    ['-0', '0'],
    ['1e125', '1e125'],
    ['1E-130', '1e-130'],
    ['123e-10', '0.0000000123'],
    ['0.00000000000000000000000000000000000000000012', '1.2e-43'],
  ])('keeps the number %s', (given, kept) => {
    expect(parse(`{"id":"a","payload":[${given}]}`)?.row['payload']).toEqual({ L: [{ N: kept }] });
  });

  test('may name a member __proto__', () => {
    const payload = parse('{"id":"a","payload":{"__proto__":{"x":1}}}')!.row['payload']!.M!;

    expect(Object.keys(payload)).toEqual(['__proto__']);
    expect(payload['__proto__']).toEqual({ M: { x: { N: '1' } } });
  });

  test('is taken against the rules of its kind when that is asked for', () => {
    expect(parse('{"id":"a","kind":"country","payload":{"cca2":"CH"}}', false)!.row['claims']).toEqual({
      L: [{ S: 'unique#country#/cca2#"CH"' }],
    });
  });

  test.each([
    '{"Item":{"id":{"S":"a"},"payload":{"M":{"n":{"N":"1"}}}}}',
    // What `jq -c '.Items[]'` makes of a scan.
    '{"id":{"S":"a"},"payload":{"M":{"n":{"N":"1"}}}}',
  ])('is an item in DynamoDB JSON: %s', (line) => {
    expect(parse(line)).toMatchObject({
      id: 'a',
      row: { id: { S: 'a' }, payload: { M: { n: { N: '1' } } }, version: { N: '1' } },
    });
  });

  test('may expire in the year 9999 and be of the highest version', () => {
    const line =
      '{"id":"a","version":2147483647,"expiresAt":253402300799,"createdAt":"2024-02-29T00:00:00Z"}';

    expect(parse(line)!.row).toMatchObject({
      version: { N: '2147483647' },
      expiresAt: { N: '253402300799' },
    });
  });

  test('may be blank', () => {
    expect(parse(' \r')).toBeNull();
  });
});

describe('a file with wrong lines', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine?.stop());

  test('is not imported at all, and every wrong line is named', async () => {
    const { client } = engine;
    const { items } = await createTables(client);
    const file = join(temporaryFolder(), 'items.jsonl');
    writeFileSync(file, '\ufeff{"id":"a"}\r\n\r\n{"id":"b","payload":1e999}\n{"id":"c"}\n{"id":}');

    const { code, stderr } = await runScript('import', [
      file,
      '--endpoint',
      engine.endpoint,
      '--table',
      items,
    ]);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^line 3: \/payload: number "1e999" is out of range/m);
    expect(stderr).toMatch(/^line 5: is not JSON/m);
    expect(stderr).toMatch(/^2 lines are wrong; nothing was written$/m);
    expect((await rowsOf(client, items)).size).toBe(0);
  });

  test('is checked by --dry-run without any server', async () => {
    const file = join(temporaryFolder(), 'items.jsonl');
    writeFileSync(file, '{"id":"a"}\n{"id":"b"}\n');
    const good = await runScript('import', [file, '--dry-run']);
    writeFileSync(file, '{"id":"a"}\n{"id":""}\n');
    const bad = await runScript('import', [file, '--dry-run']);

    expect([good.code, good.stderr]).toEqual([0, '2 items can be imported; nothing was written\n']);
    expect(bad.code).toBe(1);
    expect(bad.stderr).toMatch(/^line 2: \/id: id is required$/m);
  });

  test.each([
    [
      '{\n    "Items": [\n        {"id": {"S": "a"}}\n    ],\n    "Count": 1\n}\n',
      'the output of a scan',
      '.Items[]',
    ],
    ['\n{"Items":[{"id":{"S":"a"}}],"Count":1,"ScannedCount":1}', 'the output of a scan', '.Items[]'],
    ['{\r\n  "ScannedCount": 1,\r\n  "Items": []\r\n}', 'the output of a scan', '.Items[]'],
    ['[\n  {"id": "a"}\n]\n', 'one JSON list', '.[]'],
    ['[{"id":"a"}]', 'one JSON list', '.[]'],
    ['{\n  "id": "a"\n}\n{\n  "id": "b"\n}\n', 'JSON over many lines', '.'],
  ])('that is one document is told so once, and what to do: %j', async (text, what, filter) => {
    const file = join(temporaryFolder(), 'items.json');
    writeFileSync(file, text);

    const { code, stderr } = await runScript('import', [file, '--dry-run']);

    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`${file} is ${what}`);
    expect(stderr).toContain(`jq -c '${filter}' ${file} | npm run import -- -`);
  });

  test.each([
    ['with a byte order mark', '\ufeff{"id":"a"}\n{"id":"b"}\n'],
    ['without', '{\n  "Items": []\n}\n'],
  ])('that is UTF-16 %s is told so once, and what to do', async (_, text) => {
    const file = join(temporaryFolder(), 'items.json');
    writeFileSync(file, text, 'utf16le');

    const { code, stderr } = await runScript('import', [file, '--dry-run']);

    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(`${file} is UTF-16`);
    expect(stderr).toContain(`iconv -f UTF-16LE -t UTF-8 ${file} | npm run import -- -`);
  });

  test('is called standard input where it came from there', async () => {
    const { ended, process: child } = startScript('import', ['-', '--dry-run']);
    child.stdin!.end(gzipSync('{"id":"a"}\n').subarray(0, 20));
    const { code, stderr } = await ended;

    expect([code, stderr]).toEqual([1, 'standard input is damaged gzip: unexpected end of file\n']);
  });

  test.each([
    ['there is no file', ['nowhere.jsonl'], /^there is no file nowhere\.jsonl$/],
    ['FILE is missing', [], /^FILE is required/],
    ['two files', ['a', 'b'], /^one FILE is expected, got a b; see npm run import -- --help$/],
    [
      'an option is unknown',
      ['a', '--tabel', 'x'],
      /^Unknown option '--tabel'; see npm run import -- --help$/,
    ],
    [
      'a choice is unknown',
      ['a', '--on-conflict', 'merge'],
      /^--on-conflict merge: choose fail or skip or replace$/,
    ],
    [
      'no server runs',
      ['package.json', '--data', '/nowhere'],
      /^no local server runs on the data directory \/nowhere; start one with npm start/,
    ],
    [
      'a region has no table',
      ['package.json', '--region', 'eu-west-1'],
      /^--region needs the name of the table/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stderr } = await runScript('import', args);

    expect(code).toBe(1);
    expect(stderr.trimEnd()).toMatch(message);
  });
});
