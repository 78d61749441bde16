import { expect, test } from 'vitest';
import { createEventBuses } from '../../../src/events/event-buses.ts';
import type { PutEventsEntry } from '../../../src/events/put-events.ts';
import type { EventRuleModel } from '../../../src/template/app-model.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:audit';

const rule = (more: Partial<EventRuleModel> = {}): EventRuleModel => ({
  logicalId: 'Orders',
  name: 'orders',
  arn: 'arn:aws:events:us-east-1:000000000000:rule/orders',
  busName: 'default',
  enabled: true,
  pattern: { source: ['shop'] },
  targets: [{ functionArn: FUNCTION }],
  otherTargets: [],
  isScheduled: false,
  ...more,
});

const entry = (more: Partial<PutEventsEntry> = {}): PutEventsEntry => ({
  Source: 'shop',
  DetailType: 'ordered',
  Detail: '{"sku":"a","count":2}',
  ...more,
});

function buses(...rules: EventRuleModel[]) {
  const delivered: unknown[] = [];
  const putEvents = createEventBuses({
    rules,
    region: 'us-east-1',
    accountId: '000000000000',
    deliver: (functionArn, payload) => delivered.push({ functionArn, payload }),
  });
  return { delivered, putEvents };
}

test('an event reaches the functions of the rules it matches, as EventBridge shapes it', () => {
  const { putEvents, delivered } = buses(rule(), rule({ pattern: { source: ['bank'] } }));

  const answer = putEvents('default', [
    entry({ Resources: ['r'], Time: Date.UTC(2026, 0, 2, 3, 4, 5, 678) }),
  ]);

  expect(answer).toEqual({
    kind: 'answer',
    Entries: [{ EventId: expect.stringMatching(/^[\da-f-]{36}$/) }],
    FailedEntryCount: 0,
  });
  expect(delivered).toEqual([
    {
      functionArn: FUNCTION,
      payload: {
        version: '0',
        id: (answer as { Entries: { EventId: string }[] }).Entries[0]!.EventId,
        'detail-type': 'ordered',
        source: 'shop',
        account: '000000000000',
        time: '2026-01-02T03:04:05Z',
        region: 'us-east-1',
        resources: ['r'],
        detail: { sku: 'a', count: 2 },
      },
    },
  ]);
});

test.each([
  ['of another bus', rule({ busName: 'other' })],
  ['that is disabled', rule({ enabled: false })],
  ['that is a schedule', rule({ pattern: null, isScheduled: true })],
])('a rule %s gets nothing', (_what, one) => {
  const { putEvents, delivered } = buses(one);

  putEvents('default', [entry()]);

  expect(delivered).toEqual([]);
});

test.each<[string, object, unknown]>([
  ['a constant', { input: '{"a":1}' }, { a: 1 }],
  ['a part', { inputPath: '$.detail.sku' }, 'a'],
  ['a part that is not there', { inputPath: '$.detail.none' }, null],
  [
    'a template',
    {
      transformer: {
        paths: { sku: '$.detail.sku', all: '$.detail', none: '$.detail.none' },
        template: '{"text":"<sku> of <aws.events.rule-name>: <all>","sku":<sku>,"all":<all>,"none":<none>}',
      },
    },
    { text: 'a of orders: {"sku":"a","count":2}', sku: 'a', all: { sku: 'a', count: 2 }, none: '' },
  ],
  ['a text', { transformer: { paths: { sku: '$.detail.sku' }, template: '"sold <sku>"' } }, 'sold a'],
])('a target is given %s instead of the event', (_what, more, payload) => {
  const { putEvents, delivered } = buses(rule({ targets: [{ functionArn: FUNCTION, ...more }] }));

  putEvents('default', [entry()]);

  expect(delivered).toEqual([{ functionArn: FUNCTION, payload }]);
});

const invalid = (name: string) => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

test.each<[string, Partial<PutEventsEntry>, object]>([
  ['without source', { Source: undefined }, invalid('Source')],
  ['with an empty detail type', { DetailType: '' }, invalid('DetailType')],
  ['without detail', { Detail: undefined }, invalid('Detail')],
  [
    'whose detail is no JSON',
    { Detail: '{' },
    { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
  ],
  [
    'whose detail is a list',
    { Detail: '[]' },
    { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
  ],
  [
    'that claims to be AWS',
    { Source: 'aws.s3' },
    { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
  ],
])('an entry %s fails alone', (_what, more, error) => {
  const { putEvents, delivered } = buses(rule({ pattern: { detail: { sku: ['a'] } } }));

  const answer = putEvents('default', [entry(), entry(more), entry()]);

  expect(answer).toMatchObject({ FailedEntryCount: 1 });
  expect((answer as { Entries: unknown[] }).Entries[1]).toEqual(error);
  expect(delivered).toHaveLength(2);
});

test.each<[string, PutEventsEntry[], RegExp]>([
  ['no entries', [], /greater than or equal to 1$/],
  ['eleven entries', Array(11).fill(entry()), /less than or equal to 10$/],
  [
    'more than 256 KB in all',
    Array(2).fill(entry({ Detail: JSON.stringify({ x: 'é'.repeat(65_536) }) })),
    /^Total size of the entries in the request is over the limit\.$/,
  ],
])('%s are refused as a whole', (_what, entries, message) => {
  const { putEvents, delivered } = buses(rule());

  expect(putEvents('default', entries)).toEqual({ kind: 'refused', message: expect.stringMatching(message) });
  expect(delivered).toEqual([]);
});

test('256 KB are not too much', () => {
  const { putEvents } = buses();
  const detail = '{"x":""}';
  const rest = 256 * 1024 - 'shopordered'.length - detail.length;

  const answer = (more: number) =>
    putEvents('default', [entry({ Detail: JSON.stringify({ x: 'a'.repeat(rest + more) }) })]).kind;

  expect([answer(0), answer(1)]).toEqual(['answer', 'refused']);
});

test('a pattern that EventBridge would refuse stops the start by logical id', () => {
  expect(() => buses(rule({ pattern: { source: [{ like: 'x' }] } }))).toThrow(
    "EventBridge rule Orders has an EventPattern that EventBridge would refuse: the pattern.source has the unknown operator 'like'",
  );
});
