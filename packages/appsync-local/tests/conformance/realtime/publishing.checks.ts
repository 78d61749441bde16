import assert from 'node:assert/strict';
import { iam } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';
import { idsUntil, jsonLiteral, open, publish, subscribed, unique, using, type Wire } from './wire.ts';

const DATA_GUIDE = 'AppSync developer guide, aws-appsync-real-time-data';

/** The ids a subscription to `onPublishedOrAnnounced` gets up to a last message, which ends the wait. */
async function idsAfter(api: ConformanceApi, act: (id: string) => Promise<unknown>): Promise<string[]> {
  return using(subscribed(api, 'subscription { onPublishedOrAnnounced { id } }'), async (wire) => {
    const id = unique();
    const last = `${id}-last`;
    await act(id);
    await publish(api, { id: last });
    const ids = await idsUntil(wire, 'onPublishedOrAnnounced', last);
    return ids
      .filter((other) => other.startsWith(id) && other !== last)
      .map((other) => other.slice(id.length));
  });
}

/** Which mutations reach whom. */
export const publishingChecks: Check[] = [
  {
    id: 'RTM-120',
    promise: 'publishes one event for each mutation field of a request, in their order',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const ids = await idsAfter(api, (id) =>
        api.succeed(
          `mutation { a: publish(message: ${jsonLiteral({ id: `${id}1` })}) { id } b: publish(message: ${jsonLiteral({ id: `${id}2` })}) { id } }`,
        ),
      );
      assert.deepEqual(ids, ['1', '2']);
    },
  },
  {
    id: 'RTM-121',
    promise: 'publishes for each of the mutations that `@aws_subscribe` names',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const ids = await idsAfter(api, async (id) => {
        await publish(api, { id: `${id}p` });
        await api.succeed(`mutation { announce(message: ${jsonLiteral({ id: `${id}a` })}) { id } }`);
      });
      assert.deepEqual(ids, ['p', 'a']);
    },
  },
  {
    id: 'RTM-122',
    promise: 'does not publish for a mutation that `@aws_subscribe` does not name',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const ids = await idsAfter(api, (id) =>
        api.succeed(`mutation { whisper(message: ${jsonLiteral({ id: `${id}w` })}) { id } }`),
      );
      assert.deepEqual(ids, []);
    },
  },
  {
    id: 'RTM-123',
    promise: 'publishes nothing for a mutation whose result is null',
    source: 'amplify-appsync-simulator',
    evidence: 'inferred',
    async run(api) {
      assert.deepEqual(
        await idsAfter(api, () => api.succeed('mutation { publish(message: "null") { id } }')),
        [],
      );
    },
  },
  {
    id: 'RTM-124',
    promise: 'publishes nothing for a mutation that failed',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      await using(subscribed(api, 'subscription { onRequired { id } }'), async (wire) => {
        const id = unique();
        await api.fail('mutation { publishRequired(message: "null") { id } }');
        await api.succeed(`mutation { publishRequired(message: ${jsonLiteral({ id })}) { id } }`);
        assert.deepEqual(await idsUntil(wire, 'onRequired', id), [id]);
      });
    },
  },
  {
    id: 'RTM-125',
    promise: 'publishes a mutation that has a value and an appended error',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      await using(subscribed(api, 'subscription { onMessageWithError { id } }'), async (wire) => {
        const id = unique();
        await api.fail(`mutation { publishWithError(message: ${jsonLiteral({ id })}) { id } }`);
        assert.deepEqual(await idsUntil(wire, 'onMessageWithError', id), [id]);
      });
    },
  },
  {
    id: 'RTM-126',
    promise: 'publishes a successful mutation field even if a later one leaves the response without data',
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const ids = await idsAfter(api, async (id) => {
        const { data } = await api.graphql(
          `mutation { publish(message: ${jsonLiteral({ id: `${id}1` })}) { id } publishRequired(message: "null") { id } }`,
        );
        assert.equal(data, null);
      });
      assert.deepEqual(ids, ['1']);
    },
  },
  {
    id: 'RTM-127',
    promise: 'does not publish a mutation that the caller may not use',
    source: 'AppSync developer guide, security-authz',
    evidence: 'documented',
    async run(api) {
      await using(open(api, { credentials: iam }), async (wire) => {
        await wire.subscribe('s', 'subscription { onSecret { id } }', {}, iam);
        await api.fail('mutation { openVault { id } }');
        const id = unique();
        await publish(api, { id });
        assert.ok((await idsUntil(wire, 'onSecret', id)).includes(id));
      });
    },
  },
  {
    id: 'RTM-128',
    promise: 'delivers an event to subscribers of another authorization mode than the mutation’s',
    source: DATA_GUIDE,
    evidence: 'documented',
    async run(api) {
      const id = unique();
      await using(subscribed(api, `subscription { onMessage(id: "${id}") { id } }`), async (wire) => {
        await api.succeed(`mutation { publish(message: ${jsonLiteral({ id })}) { id } }`, {}, iam);
        assert.deepEqual(await wire.data(), { data: { onMessage: { id } } });
      });
    },
  },
  {
    id: 'RTM-129',
    promise: "delivers one caller's events in the order of its mutations",
    source: DATA_GUIDE,
    evidence: 'inferred',
    async run(api) {
      const ids = await idsAfter(api, async (id) => {
        for (let index = 0; index < 9; index += 1) {
          await publish(api, { id: `${id}${index}` });
        }
      });
      assert.deepEqual(ids, [...'012345678']);
    },
  },
  {
    id: 'RTM-130',
    promise: 'delivers one event to each of 1,000 subscriptions, once',
    source: 'AWS General Reference, AppSync endpoints and quotas',
    evidence: 'documented',
    async run(api) {
      const id = unique();
      const wires = await Promise.all(Array.from({ length: 5 }, () => open(api)));
      try {
        await Promise.all(
          wires.map((wire) => subscribeMany(wire, 200, `subscription { onMessage(id: "${id}") { id } }`)),
        );
        await publish(api, { id });
        for (const wire of wires) {
          const ids = new Set<unknown>();
          for (let index = 0; index < 200; index += 1) {
            ids.add((await wire.next(20_000)).id);
          }
          assert.equal(ids.size, 200);
          await assert.rejects(wire.next(20));
        }
      } finally {
        wires.forEach(({ webSocket }) => webSocket.terminate());
      }
    },
  },
];

async function subscribeMany(wire: Wire, count: number, query: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await wire.subscribe(String(index), query);
  }
}
