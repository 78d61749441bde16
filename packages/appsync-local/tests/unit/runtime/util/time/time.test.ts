import { expect, it } from 'vitest';
import { messageOf, valueOf } from '../../harness/evaluate.ts';

it.each([
  ['util.time.nowISO8601()', '2018-02-06T19:01:35.750Z'],
  ['util.time.nowEpochSeconds()', 1517943695],
  ['util.time.nowEpochMilliSeconds()', 1517943695750],
  ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ')", '2018-02-06 19:01:35+0000'],
  ["util.time.nowFormatted('yyyy-MM-dd HH:mm:ssZ', 'Australia/Perth')", '2018-02-07 03:01:35+0800'],
  [
    "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05.180+0800', 'yyyy-MM-dd HH:mm:ss.SSSZ')",
    1517476865180,
  ],
  [
    "util.time.parseFormattedToEpochMilliSeconds('2018-02-01 17:21:05.180', 'yyyy-MM-dd HH:mm:ss.SSS', 'Australia/Perth')",
    1517476865180,
  ],
  ["util.time.parseISO8601ToEpochMilliSeconds('2018-02-01T17:21:05.180+08:00')", 1517476865180],
  ['util.time.epochMilliSecondsToSeconds(1517943695750)', 1517943695],
  ['util.time.epochMilliSecondsToSeconds(-1)', -1],
  ['util.time.epochMilliSecondsToISO8601(1517943695758)', '2018-02-06T19:01:35.758Z'],
])('evaluates %s', (expression, expected) => {
  const value = valueOf(expression);

  expect(value).toBe(expected);
});

// 2018-02-06T19:01:35.750Z was a Tuesday.
it.each([
  ["yyyy-MM-dd'T'HH:mm:ss.SSSX", '2018-02-06T19:01:35.750Z'],
  ['u uu uuuu y yy yyyyy', '2018 18 2018 2018 18 02018'],
  ['G GGGG GGGGG', 'AD Anno Domini A'],
  ['M MM MMM MMMM MMMMM L', '2 02 Feb February F 2'],
  ['Q QQ QQQ QQQQ', '1 01 Q1 1st quarter'],
  ['d dd D DDD', '6 06 37 037'],
  ['E EEE EEEE EEEEE e ee eee', 'Tue Tue Tuesday T 3 03 Tue'],
  ['Y w ww', '2018 6 06'],
  ['a h hh K kk H', 'PM 7 07 7 19 19'],
  ['S SS SSS SSSSSSSSS n A N', '7 75 750 750000000 750000000 68495750 68495750000000'],
  ['X XX XXX XXXX XXXXX', 'Z Z Z Z Z'],
  ['x xx xxx', '+00 +0000 +00:00'],
  ['Z ZZZZ ZZZZZ O OOOO', '+0000 GMT Z GMT GMT'],
  ['VV z zzzz', 'UTC UTC Coordinated Universal Time'],
  ["'o''clock' '' [HH]", "o'clock ' 19"],
])('formats by %s', (pattern, expected) => {
  const value = valueOf('util.time.nowFormatted(ctx.args.pattern)', { arguments: { pattern } });

  expect(value).toBe(expected);
});

it.each([
  [
    'Asia/Kolkata',
    'X XX XXX O OOOO Z ZZZZ ZZZZZ',
    '+0530 +0530 +05:30 GMT+5:30 GMT+05:30 +0530 GMT+05:30 +05:30',
  ],
  ['America/New_York', 'VV z zzzz X', 'America/New_York EST Eastern Standard Time -05'],
  ['+08:00', 'HH VV X', '03 +08:00 +08'],
  ['GMT-3', 'HH X', '16 -03'],
])('formats in %s', (zone, pattern, expected) => {
  const value = valueOf('util.time.nowFormatted(ctx.args.pattern, ctx.args.zone)', {
    arguments: { pattern, zone },
  });

  expect(value).toBe(expected);
});

it.each([
  ['2018-12-30', '2019 1'],
  ['2018-12-29', '2018 52'],
  ['2017-01-01', '2017 1'],
])('puts %s into week %s', (day, expected) => {
  const value = valueOf("util.time.epochMilliSecondsToFormatted(ctx.args.epoch, 'Y w')", {
    arguments: { epoch: Date.parse(day) },
  });

  expect(value).toBe(expected);
});

it.each([
  ['20180206190135', 'yyyyMMddHHmmss', 'UTC', '2018-02-06T19:01:35.000Z'],
  ['6 Feb 2018, 7:01 PM', 'd MMM yyyy, h:mm a', 'UTC', '2018-02-06T19:01:00.000Z'],
  ['Tuesday 6.2.18 24', 'EEEE d.M.yy k', 'UTC', '2018-02-06T00:00:00.000Z'],
  ['2018-037T19', "uuuu-DDD'T'HH", 'UTC', '2018-02-06T19:00:00.000Z'],
  ['2018-02-06 24:00', 'yyyy-MM-dd HH:mm', 'UTC', '2018-02-07T00:00:00.000Z'],
  ['2018-02-31 00:00', 'yyyy-MM-dd HH:mm', 'UTC', '2018-02-28T00:00:00.000Z'],
  ['2018-02-06 19:01 -05:00', 'yyyy-MM-dd HH:mm XXX', undefined, '2018-02-07T00:01:00.000Z'],
  ['2018-02-06 19:01 Europe/Berlin', 'yyyy-MM-dd HH:mm VV', undefined, '2018-02-06T18:01:00.000Z'],
  ['2018-02-06 19:01', 'yyyy-MM-dd HH:mm[:ss][ X]', 'UTC', '2018-02-06T19:01:00.000Z'],
  ['0044-03-15 BC 12', 'yyyy-MM-dd G HH', 'UTC', '-000043-03-15T12:00:00.000Z'],
  ['2018-03-25 12:00', 'yyyy-MM-dd HH:mm', 'Europe/Berlin', '2018-03-25T10:00:00.000Z'],
  // Clocks in Berlin skipped 02:30 on this day and showed 02:30 twice on that.
  ['2018-03-25 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Berlin', '2018-03-25T01:30:00.000Z'],
  ['2018-10-28 02:30', 'yyyy-MM-dd HH:mm', 'Europe/Berlin', '2018-10-28T00:30:00.000Z'],
])('parses %s by %s', (text, pattern, zone, expected) => {
  const value = valueOf(
    'util.time.parseFormattedToEpochMilliSeconds(ctx.args.text, ctx.args.pattern, ctx.args.zone)',
    {
      arguments: { text, pattern, zone },
    },
  );

  expect(new Date(value as number).toISOString()).toBe(expected);
});

it.each([
  ['2018-02-06', 'yyyy-MM-dd'],
  ['2018-02-06 19:01', 'yyyy-MM-dd HH:mm:ss'],
  ['2018-13-06 19', 'yyyy-MM-dd HH'],
  ['2018-02-06 25', 'yyyy-MM-dd HH'],
  ['Monday 2018-02-06 19', 'EEEE yyyy-MM-dd HH'],
  ['nonsense', 'yyyy'],
])('gives null for %s by %s', (text, pattern) => {
  const value = valueOf(
    'util.time.parseFormattedToEpochMilliSeconds(ctx.args.text, ctx.args.pattern, "UTC")',
    {
      arguments: { text, pattern },
    },
  );

  expect(value).toBeNull();
});

it('gives null for a text without a zone when none is given', () => {
  const value = valueOf("util.time.parseFormattedToEpochMilliSeconds('2018-02-06 19', 'yyyy-MM-dd HH')");

  expect(value).toBeNull();
});

it.each(['2018-02-01', '2018-02-01T17:21:05', '2018-02-01T27:21:05Z', 'now'])(
  'gives null for %s as ISO 8601',
  (text) => {
    const value = valueOf('util.time.parseISO8601ToEpochMilliSeconds(ctx.args.text)', {
      arguments: { text },
    });

    expect(value).toBeNull();
  },
);

it.each([
  ["util.time.nowFormatted('yyyy f')", 'the letter f, which the local server does not know'],
  ["util.time.nowFormatted('hhh')", '3 times the letter h'],
  ["util.time.nowFormatted(`'a`)", 'a quote that is not closed'],
  ["util.time.nowFormatted('{')", 'the reserved character {'],
  ["util.time.nowFormatted('HH', 'Mars/Base')", '"Mars/Base" is not a time zone'],
  ["util.time.parseFormattedToEpochMilliSeconds('1', 'w', 'UTC')", 'cannot be parsed: it has the letter w'],
  ['util.time.epochMilliSecondsToISO8601(9e15)', 'is not a valid time'],
  ["util.time.epochMilliSecondsToISO8601('1')", 'takes a number, not "1"'],
])('names what is wrong with %s', (expression, reason) => {
  const message = messageOf(expression);

  expect(message).toContain(reason);
});
