import { expect, test } from 'vitest';
import { compact, compactItem, cut } from './compact.ts';
import { summarize } from './latencies.ts';
import { Screen } from './screen.ts';
import { lastWords, urlsIn } from './server.ts';

/** A screen that keeps what is written to it. */
function screenOf(terminal: { isTTY?: boolean; columns?: number }, noColor?: string) {
  const written: string[] = [];
  const screen = new Screen({ ...terminal, write: (text: string) => written.push(text) }, noColor);
  return { screen, text: () => written.join('') };
}

const escapes = '\x1b[';

test.each([
  ['on a terminal', { isTTY: true }, undefined, true],
  ['with an empty NO_COLOR', { isTTY: true }, '', true],
  ['with NO_COLOR', { isTTY: true }, '1', false],
  ['in a file', {}, undefined, false],
])('colours %s: %j', (_, terminal, noColor, coloured) => {
  const { screen, text } = screenOf(terminal, noColor);

  screen.step('1 put');
  screen.sent('putItem');
  screen.received('{"id":"a"}', 1.25);

  expect(text().includes(escapes)).toBe(coloured);
});

test('keeps to the width of the terminal, and to 100 columns', () => {
  for (const [columns, width] of [
    [60, 60],
    [200, 100],
  ] as const) {
    const { screen, text } = screenOf({ columns });
    const long = 'x'.repeat(300);

    screen.step('1 put');
    screen.sent(long);
    screen.received(long, 1234);
    screen.received(long);
    screen.refused(long, 1);
    screen.detail(long);
    screen.table(['path', 'message'], [['/a', long]]);
    screen.line(long);
    screen.latencies([summarize('getItem', [1, 2000]), summarize('putItem', [3])]);

    const widths = text()
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBe(width);
  }
});

test('aligns the names of steps, what came back and the latencies', () => {
  const { screen, text } = screenOf({ columns: 50 });

  screen.step('1 put');
  screen.sent('putItem');
  screen.received('done', 12.34);
  screen.refused('no', 1234.5);
  screen.table(['path', 'rule'], [['/price', 'minimum']]);

  expect(text().split('\n')).toEqual([
    '1 put       → putItem',
    '            ← done                         12.3 ms',
    '            ← no                           1235 ms',
    '              path    rule',
    '              /price  minimum',
    '',
  ]);
});

test('progress is for terminals only, and the next line takes its place', () => {
  const terminal = screenOf({ isTTY: true }, '1');
  const file = screenOf({});

  for (const { screen } of [terminal, file]) {
    screen.progress('1 of 2');
    screen.line('done');
  }

  expect(terminal.text()).toMatch(/^\r\x1b\[K +… 1 of 2\r\x1b\[Kdone\n$/);
  expect(file.text()).toBe('done\n');
});

test('a closed screen takes its progress back and stays as it is', () => {
  const { screen, text } = screenOf({ isTTY: true }, '1');

  screen.progress('1 of 2');
  screen.close();
  screen.line('late');

  expect(text()).toMatch(/1 of 2\r\x1b\[K$/);
});

test('percentiles are latencies that were seen (nearest rank)', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  expect(summarize('getItem', hundred)).toEqual({
    operation: 'getItem',
    count: 100,
    p50: 50,
    p99: 99,
    max: 100,
  });
  expect(summarize('getItem', [7])).toMatchObject({ count: 1, p50: 7, p99: 7, max: 7 });
  expect(() => summarize('getItem', [])).toThrow(RangeError);
});

test('long JSON is cut where members are left out, and text where the room ends', () => {
  const item = { id: 'a', kind: 'product', version: 2, payload: '{"sku":"A","tags":["x"]}' };

  expect(compact({ a: 1, b: 2, c: 3 }, ['c', 'a', 'none'])).toBe('{"c":3,"a":1,…}');
  expect(compact({ a: 1 }, [])).toBe('{…}');
  expect(compactItem(item, ['sku'])).toBe(
    '{"id":"a","kind":"product","version":2,"payload":{"sku":"A",…},…}',
  );
  expect(compactItem({ ...item, kind: null, payload: null })).toBe('{"id":"a","version":2,"payload":null,…}');
  expect(cut('four', 4)).toBe('four');
  expect(cut('fours', 4)).toBe('fou…');
});

test('a server is ready when its URLs, its key and its Ready line are there', () => {
  const urls =
    'GraphQL URL   http://localhost:1/graphql\nRealtime URL  ws://localhost:1/graphql/realtime\nAPI key       da2-key\n';

  expect(urlsIn(urls)).toBeNull();
  expect(urlsIn(`${urls}Ready in 1.0 s.`)).toEqual({
    graphql: 'http://localhost:1/graphql',
    realtime: 'ws://localhost:1/graphql/realtime',
    apiKey: 'da2-key',
  });
});

test('a server that fails gives its reason, not its stack trace', () => {
  const thrown =
    'warned before\nError: port 1 is taken\n    at start (start.ts:1:1) {\n  code: 1\n}\n\nNode.js v20.20.2\n';

  expect(lastWords(thrown)).toBe('Error: port 1 is taken');
  expect(lastWords('no schema in cdk.out\n')).toBe('no schema in cdk.out');
  expect(lastWords('')).toBe('it gave no reason');
});
