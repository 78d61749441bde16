import { describe, expect, test } from 'vitest';
import type { Change } from '../../../../functions/publish-item-change/change.ts';
import { logRow } from '../../../../functions/publish-item-change/log-row.ts';
import { MAX_FRAME_BYTES } from '../../../../functions/publish-item-change/report.ts';
import { GRACE_MS, KEPT_MS } from '../../../../model/change-log.ts';
import { CREATED_AT, item, report, SECONDS } from '../harness/records.ts';

const withPayload = (payload: object) => report({ item: item({ payload }), previous: item() });

test('payloads are JSON text, everything else is as the item has it', () => {
  const { input } = withPayload({ M: { n: { N: '12345678901234567890' } } });

  expect(input).toMatchObject({
    payloadOmitted: false,
    item: {
      payload: '{"n":12345678901234567890}',
      kind: null, // part: validated-items
      version: 1,
      expiresAt: null,
    },
    previous: { payload: '{"n":1}' },
  });
});

/** The frame of a subscriber that selects everything, as the local server and AppSync write it. */
const frameOf = ({ input }: ReturnType<typeof report>) =>
  JSON.stringify({
    id: '123e4567-e89b-12d3-a456-426614174000',
    type: 'data',
    payload: { data: { onItemChange: input } },
  });

test('bytes are those of the frame, escapes and UTF-8 counted', () => {
  const one = withPayload({ S: 'Grüße "…"' });

  expect(one.bytes).toBe(Buffer.byteLength(frameOf(one)));
});

describe('a change that is too large for a frame', () => {
  /** A text that makes the frame so many bytes. */
  const ofBytes = (bytes: number) => {
    const none = withPayload({ S: '' });
    return withPayload({ S: 'x'.repeat(bytes - none.bytes) });
  };

  test('goes without its payloads and says so, the last that fits does not', () => {
    const [fits, tooLarge] = [ofBytes(MAX_FRAME_BYTES), ofBytes(MAX_FRAME_BYTES + 1)];

    expect(fits).toMatchObject({ bytes: MAX_FRAME_BYTES, input: { payloadOmitted: false } });
    expect(tooLarge.input).toMatchObject({
      payloadOmitted: true,
      item: { id: 'a', version: 1, payload: null },
      previous: { payload: null },
    });
    expect(tooLarge.bytes).toBeLessThan(2000);
  });

  test('because of its escapes alone', () => {
    const text = '"'.repeat(MAX_FRAME_BYTES / 4);

    expect(withPayload({ S: text }).input.payloadOmitted).toBe(true);
  });

  test('because AppSync writes its numbers out', () => {
    const numbers = Array.from({ length: 20_000 }, () => ({ N: '1E20' }));

    expect(withPayload({ L: numbers }).input.payloadOmitted).toBe(true);
  });

  test('because of both items together', () => {
    const payload = { S: 'x'.repeat(130_000) };

    expect(report({ item: item({ payload }) }).input.payloadOmitted).toBe(false);
    expect(report({ item: item({ payload }), previous: item({ payload }) }).input.payloadOmitted).toBe(true);
  });
});

describe('after the expiry of an item', () => {
  const past = item({ expiresAt: SECONDS });
  const none = { payloadOmitted: true };

  test.each<[string, Partial<Change>, object]>([
    ['a change has no payload', { item: past }, { ...none, item: { id: 'a', payload: null } }],
    [
      'nor has one whose earlier form has expired',
      { type: 'UPDATED', item: item(), previous: past },
      { ...none, item: { payload: null }, previous: { payload: null } },
    ],
    [
      'nor has its removal, whatever the clock says',
      { type: 'EXPIRED', item: null, previous: item({ expiresAt: SECONDS + 9 }) },
      { ...none, item: null, previous: { id: 'a', payload: null } },
    ],
    ['a second before, it has', { item: item({ expiresAt: SECONDS + 1 }) }, { payloadOmitted: false }],
  ])('%s', (_, change, input) => {
    expect(report(change).input).toMatchObject(input);
  });
});

test.each<[string, Partial<Change>]>([
  ['CREATED', { item: null }],
  ['UPDATED', { item: item(), previous: null }],
  ['DELETED', { item: null, previous: null }],
] as const)('%s of what the API could not answer says that something is left out', (type, change) => {
  const { input } = report({ ...change, type: type as Change['type'] });

  expect(input).toMatchObject({ type, id: 'a', payloadOmitted: true });
});

describe('a row of the log', () => {
  const POSITION = '1772366400000000';
  const now = Number(POSITION) / 1000;
  const rowOf = (...reports: ReturnType<typeof report>[]) => logRow(reports, 'open#1', '', now).attributes;
  const linesOf = (row: ReturnType<typeof rowOf>) => row['changes']!.S!.split('\n');
  /** The change of a line, as JSON. */
  const jsonIn = (line: string) => line.slice(line.indexOf('{'));

  test('has its changes as text, under the position of the last, and says until when it is kept', () => {
    const one = withPayload({ SS: ['b\n'] });

    const row = rowOf(one, report({ id: 'b' }));

    expect(row).toEqual({
      log: { S: 'open#1' },
      position: { S: '1772366400000001' },
      prior: { S: '' },
      changes: { S: expect.any(String) as string },
      expiresAt: { N: String(Math.ceil(Number('1772366400000001') / 1e6 + (KEPT_MS + GRACE_MS) / 1000)) },
    });
    const [first, second, ...others] = linesOf(row);
    expect(others).toEqual([]);
    expect(second).toMatch(/^1772366400000001 \d+ \{.*"id":"b"/);
    expect(first!.split(' ', 2)).toEqual([POSITION, String(one.bytes)]);
    expect(JSON.parse(jsonIn(first!))).toEqual({
      type: 'CREATED',
      id: 'a',
      kind: null, // part: validated-items
      version: 1,
      at: expect.any(String) as string,
      owner: '',
      order: expect.any(String) as string,
      payloadOmitted: false,
      item: { id: 'a', version: 1, createdAt: CREATED_AT, updatedAt: CREATED_AT },
      payload: ['b\n'],
      previous: expect.any(Object) as object,
      previousPayload: { n: 1 },
    });
  });

  test('is kept as long from its position, where that is ahead of the clock', () => {
    const ahead = logRow([report()], 'open#1', '1772366459999999', now).attributes;

    expect(ahead['position']).toEqual({ S: '1772366460000000' });
    expect(ahead['expiresAt']).toEqual({ N: String(now / 1000 + 60 + (KEPT_MS + GRACE_MS) / 1000) });
  });

  test('has all its positions in one millisecond', () => {
    const positions = (prior: string, count: number) =>
      linesOf(
        logRow(Array<ReturnType<typeof report>>(count).fill(report()), 'open#1', prior, now).attributes,
      ).map((line) => line.split(' ')[0]);

    expect(positions('1772366400000997', 2)).toEqual(['1772366400000998', '1772366400000999']);
    expect(positions('1772366400000998', 2)).toEqual(['1772366400001000', '1772366400001001']);
    expect(positions('', 1000).at(-1)).toBe('1772366400000999');
  });

  test.each([
    ['nothing', { NULL: true }, 'null'],
    ['a text', { S: '"null"' }, '"\\"null\\""'],
    [
      'a number of more digits than a double has',
      { N: '12345678901234567890123' },
      '12345678901234567890123',
    ],
    ['binary', { M: { b: { B: '3q0=' }, l: { L: [{ BS: ['3q0='] }] } } }, '{"b":"3q0=","l":[["3q0="]]}'],
  ])('has a payload that is %s', (_, payload, text) => {
    expect(linesOf(rowOf(withPayload(payload)))[0]).toContain(
      `,"payload":${text},"previousPayload":{"n":1}}`,
    );
  });

  test('has no payload where the change goes without', () => {
    const [line] = linesOf(rowOf(withPayload({ S: 'x'.repeat(300_000) })));

    const change = JSON.parse(jsonIn(line!)) as object;
    expect(change).toMatchObject({ payloadOmitted: true, item: { id: 'a' } });
    expect(change).not.toHaveProperty('payload');
    expect(change).not.toHaveProperty('previousPayload');
  });
});
