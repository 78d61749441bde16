import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Check, ConformanceApi } from '../check.ts';
import { ask, check, freshId, resultOf, type Seen } from './ask.ts';

const DG = 'AppSync developer guide, resolver-reference-eventbridge-js';
const PATTERNS = 'EventBridge user guide, eb-create-pattern-operators';
const put = (api: ConformanceApi, ...events: object[]): Promise<Seen> =>
  ask(api, 'events', { operation: 'PutEvents', events });
const order = (id: string, more: object = {}, detail: object = {}) => ({
  source: 'shop',
  detailType: 'ordered',
  detail: { id, count: 2, state: 'new', ...detail },
  ...more,
});

/** What a rule's Lambda function was given; null when nothing came in time. */
async function delivered(
  api: ConformanceApi,
  id: string,
  withinMs = 15_000,
): Promise<Record<string, unknown> | null> {
  const request = { operation: 'GetItem', key: { id: { S: `delivered ${id}` } }, consistentRead: true };
  const until = Date.now() + withinMs;
  do {
    const item = await resultOf(api, 'things', request);
    if (item) {
      return JSON.parse(item.event);
    }
    await wait(50);
  } while (Date.now() < until);
  return null;
}

/** Events are delivered in order here, but may be a second late: the last one is there, so the others are not coming. */
async function isDelivered(api: ConformanceApi, event: (id: string) => object): Promise<boolean> {
  const [id, last] = [freshId(), freshId()];
  await put(api, event(id), order(last));
  assert.ok(await delivered(api, last));
  return (await delivered(api, id, 1000)) !== null;
}

const FAILING: [id: string, what: string, more: object, code: string, message: string][] = [
  [
    'DSC-204',
    'without source',
    { source: undefined },
    'InvalidArgument',
    'Parameter Source is not valid. Reason: Source is a required argument.',
  ],
  [
    'DSC-205',
    'without detailType',
    { detailType: undefined },
    'InvalidArgument',
    'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
  ],
  [
    'DSC-206',
    'without detail',
    { detail: undefined },
    'InvalidArgument',
    'Parameter Detail is not valid. Reason: Detail is a required argument.',
  ],
  [
    'DSC-207',
    'with a detail that is not an object',
    { detail: 'text' },
    'MalformedDetail',
    'Detail is malformed.',
  ],
  [
    'DSC-208',
    'with a source of AWS',
    { source: 'aws.s3' },
    'NotAuthorizedForSourceException',
    'Not authorized for the source.',
  ],
];

export const eventBridgeChecks: Check[] = [
  check(
    'DSC-200',
    'PutEvents answers an EventId for each event and FailedEntryCount 0',
    DG,
    'documented',
    async (api) => {
      const { result, error } = await put(api, order(freshId()), order(freshId()));
      assert.equal(error, null);
      assert.deepEqual(Object.keys(result).sort(), ['Entries', 'FailedEntryCount']);
      assert.equal(result.FailedEntryCount, 0);
      assert.equal(new Set(result.Entries.map(({ EventId }: { EventId: string }) => EventId)).size, 2);
    },
  ),
  check(
    'DSC-201',
    'a rule’s Lambda function gets the event in EventBridge’s envelope',
    'EventBridge user guide, eb-events-structure',
    'documented',
    async (api) => {
      const id = freshId();
      const more = { resources: ['thing/1'], time: '2023-01-01T00:30:00.500Z' };
      const { result } = await put(api, order(id, more));
      const event = await delivered(api, id);
      const { account, region, ...rest } = event ?? {};
      assert.match(`${String(account)} ${String(region)}`, /^\d{12} [a-z]+-[a-z-]+-\d$/);
      assert.deepEqual(rest, {
        version: '0',
        id: result.Entries[0].EventId,
        'detail-type': 'ordered',
        source: 'shop',
        time: '2023-01-01T00:30:00Z',
        resources: ['thing/1'],
        detail: { id, count: 2, state: 'new' },
      });
    },
  ),
  check('DSC-202', 'an event without time has that of its arrival', DG, 'documented', async (api) => {
    const id = freshId();
    await put(api, order(id));
    const time = Date.parse(String((await delivered(api, id))?.time));
    assert.ok(Math.abs(time - Date.now()) < 60_000);
  }),
  check(
    'DSC-203',
    'a failed entry fails alone, in its place, without ctx.error',
    DG,
    'documented',
    async (api) => {
      const id = freshId();
      const { result, error } = await put(api, order(id), { source: 'shop' }, order(freshId()));
      assert.equal(error, null);
      assert.equal(result.FailedEntryCount, 1);
      assert.deepEqual(
        result.Entries.map((entry: object) => 'EventId' in entry),
        [true, false, true],
      );
      assert.ok(await delivered(api, id));
    },
  ),
  ...FAILING.map(([id, what, more, ErrorCode, ErrorMessage]) =>
    check(
      id,
      `an entry ${what} fails with ${ErrorCode}`,
      'EventBridge API PutEvents; moto, LocalStack',
      'inferred',
      async (api) => {
        const { result } = await put(api, order(freshId(), more));
        assert.deepEqual(result, { Entries: [{ ErrorCode, ErrorMessage }], FailedEntryCount: 1 });
      },
    ),
  ),
  check(
    'DSC-209',
    'eleven entries are refused as a whole',
    'EventBridge API PutEvents',
    'documented',
    async (api) => {
      const { result, error } = await put(api, ...Array.from({ length: 11 }, () => order(freshId())));
      assert.equal(result, null);
      assert.match(error!.message, /less than or equal to 10/);
    },
  ),
  check(
    'DSC-210',
    'no entries are refused as a whole',
    'EventBridge API PutEvents',
    'documented',
    async (api) => {
      const { error } = await put(api);
      assert.match(error!.message, /greater than or equal to 1/);
    },
  ),
  check(
    'DSC-211',
    'entries that are too large together are refused as a whole',
    'EventBridge user guide, eb-putevents',
    'documented',
    async (api) => {
      const text = 'x'.repeat(200 * 1024);
      const { error } = await put(api, order(freshId(), {}, { text }), order(freshId(), {}, { text }));
      assert.match(error!.message, /^Total size of the entries in the request is over the limit\./);
    },
  ),
  check(
    'DSC-212',
    'an event that breaks a numeric condition is not delivered',
    PATTERNS,
    'documented',
    async (api) => assert.equal(await isDelivered(api, (id) => order(id, {}, { count: 1 })), false),
  ),
  check(
    'DSC-213',
    'an event that breaks anything-but is not delivered',
    PATTERNS,
    'documented',
    async (api) => assert.equal(await isDelivered(api, (id) => order(id, {}, { state: 'cancelled' })), false),
  ),
  check(
    'DSC-214',
    'an event without the field of anything-but is not delivered',
    PATTERNS,
    'inferred',
    async (api) => assert.equal(await isDelivered(api, (id) => order(id, {}, { state: undefined })), false),
  ),
  check(
    'DSC-215',
    'a rule that is disabled gets nothing',
    'EventBridge API PutRule',
    'documented',
    async (api) => assert.equal(await isDelivered(api, (id) => order(id, { source: 'disabled' })), false),
  ),
  check(
    'DSC-216',
    'a prefix matches, and the input transformer makes what the target gets',
    'EventBridge user guide, eb-transform-target-input',
    'documented',
    async (api) => {
      const id = freshId();
      await put(api, order(id, { source: 'other', detailType: 'transform this "thing"' }));
      assert.deepEqual(await delivered(api, id), { id, kind: 'transform this "thing"' });
    },
  ),
];
