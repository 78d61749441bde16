import { join } from 'node:path';
import { OURS_ALONE, OURS_WITH_FEED } from '../contenders.ts';
import {
  headersOfUser,
  OUR_HEADERS,
  peersTables,
  ROOT,
  startOurs,
  startOursWithoutFeed,
} from '../harness/ours.ts';
import { type Server, startServer } from '../harness/server.ts';
import { eachStart, type Started, together } from '../harness/starts.ts';
import { median, ratioOf, spreadText } from '../harness/statistics.ts';
import type { Audience, BurstReport, HeardField } from '../harness/subscribers-worker.ts';
import { openSubscribers, type Subscribers } from '../harness/subscribers.ts';
import { installPeers, PEERS } from '../peers.ts';
import type { BenchContext, Section, SectionResult } from '../section.ts';

const SUBSCRIBERS = 1_000;
/** So few that what they wait for is the way to them, and not the thousand frames before theirs. */
const FEW = 10;
/** At most, from a put to the frame of `onItemChange`. */
const P50_MS = 30;
const MUTATIONS_PER_SECOND = 50;
const PLANS = {
  full: { starts: 3, rounds: 3, mutations: 200, warmUp: 200 },
  quick: { starts: 1, rounds: 2, mutations: 40, warmUp: 40 },
};

export const subscriptions: Section = {
  name: 'subscriptions',
  title: `Fan-out of ${MUTATIONS_PER_SECOND} mutations a second to ${SUBSCRIBERS.toLocaleString('en-US')} subscribers`,
  run: measure,
};

interface Running {
  label: string;
  ours?: true;
  server: Server;
  subscribers: Subscribers;
}

type Sample = BurstReport & { label: string; round: number; cpuPerFrame: number };

/** Contenders of one start, with what they took. */
interface Measured extends Started<Running> {
  samples: Sample[];
  /** Of a few subscribers of the default server, by what they subscribe to. */
  few: Record<HeardField, BurstReport[]>;
}

const BARE = 'ws alone, the same bytes';
const BY_FEED = 'appsync-items (default), onItemChange';
const SIMULATOR_HEADERS = { 'x-api-key': 'da2-fakeApiId123456' };

async function measure(context: BenchContext): Promise<SectionResult> {
  const plan = context.quick ? PLANS.quick : PLANS.full;
  const starts = await eachStart(plan.starts, context, (start, ownContext) =>
    measureStart(plan, start, ownContext),
  );
  const { running, skipped } = together(starts);
  const samples = starts.flatMap((one) => one.samples);
  const few = {
    onPutItem: starts.flatMap((one) => one.few.onPutItem),
    onItemChange: starts.flatMap((one) => one.few.onItemChange),
  };
  return { ...report(running, samples, few), skipped, samples: { thousand: samples, few } };
}

/** Starts every server and its subscribers, measures, and stops them. */
async function measureStart(plan: Plan, start: number, context: BenchContext): Promise<Measured> {
  const running: Running[] = [];
  const servers: Server[] = [];
  const skipped: string[] = [];
  const add = async (
    label: string,
    start: () => Promise<Server>,
    audience: Omit<Audience, 'url' | 'subscribers'>,
    listenersOf?: (url: string) => Promise<Record<string, string>>,
  ): Promise<void> => {
    context.progress(`${label}: ${SUBSCRIBERS} subscribers`);
    const server = await start();
    servers.push(server);
    const subscribers = await openSubscribers({
      ...audience,
      url: server.url,
      subscribers: SUBSCRIBERS,
      ...(listenersOf && { listeners: await listenersOf(server.url) }),
    });
    running.push({
      label,
      server,
      subscribers,
      ...([OURS_ALONE, OURS_WITH_FEED, BY_FEED].includes(label) && { ours: true }),
    });
    context.progress(`warming up ${label}`);
    const { delivered, mutations } = await subscribers.run({
      mutations: plan.warmUp,
      mutationsPerSecond: MUTATIONS_PER_SECOND,
    });
    if (delivered !== mutations * SUBSCRIBERS) {
      throw new Error(`${delivered} of ${mutations * SUBSCRIBERS} messages arrived while warming up`);
    }
  };
  try {
    await add(BARE, () => startServer({ command: [join(ROOT, 'bench/limits/broadcast.mjs')] }), {
      headers: {},
      protocol: 'none',
      path: '/',
    });
    const ours = { headers: OUR_HEADERS, protocol: 'appsync', path: '/graphql/realtime' } as const;
    // Closed to API keys, and users hear of their own items: an admin hears of all, as everybody does at the others.
    const admin = (url: string): Promise<Record<string, string>> => headersOfUser(url, 'root', ['admins']);
    await add(OURS_ALONE, () => startOursWithoutFeed(context), ours, admin);
    if (!context.quick) {
      await add(OURS_WITH_FEED, () => startOurs(), ours, admin);
      await add(BY_FEED, () => startOurs(), { ...ours, field: 'onItemChange' }, admin);
    }
    const absent = context.quick ? null : await installPeers(context);
    if (absent) {
      skipped.push(absent);
    } else if (!context.quick) {
      const placeFor = await peersTables(servers[1]!);
      const peer = async (name: string): Promise<Server> =>
        startServer({
          command: [join(PEERS, `${name}.mjs`)],
          environment: { ...(await placeFor(`bench-${name}`)) },
        });
      const tryAdd = async (
        label: string,
        ...rest: [() => Promise<Server>, Omit<Audience, 'url' | 'subscribers'>]
      ) => {
        try {
          await add(label, ...rest);
        } catch (error) {
          skipped.push(`${label}: ${(error as Error).message}`);
          const at = running.findIndex((one) => one.label === label);
          if (at >= 0) {
            running.splice(at, 1)[0]!.subscribers.stop();
          }
        }
      };
      await tryAdd('graphql-ws', () => peer('graphql-ws'), {
        headers: {},
        protocol: 'graphql-transport-ws',
        path: '/graphql',
      });
      await tryAdd('Amplify simulator', () => peer('simulator'), {
        headers: SIMULATOR_HEADERS,
        protocol: 'appsync',
        path: '/graphql/realtime',
      });
    }
    const samples = await rounds(running, plan, start * plan.rounds, context);
    return {
      running,
      samples,
      few: await measureFew(plan, { ...ours, listenersOf: admin }, context),
      skipped,
    };
  } finally {
    for (const { subscribers } of running) {
      subscribers.stop();
    }
    for (const server of servers.reverse()) {
      await server.stop();
    }
  }
}

type Plan = (typeof PLANS)['full'];

/** What a put takes until a subscriber has it: from the mutation itself, and by the change feed, of one server as it comes. */
async function measureFew(
  plan: Plan,
  {
    listenersOf,
    ...ours
  }: Omit<Audience, 'url' | 'subscribers'> & {
    listenersOf(url: string): Promise<Record<string, string>>;
  },
  context: BenchContext,
): Promise<Measured['few']> {
  context.progress(`${FEW} subscribers of the default server`);
  const server = await startOurs();
  const opened: Subscribers[] = [];
  const few: Measured['few'] = { onPutItem: [], onItemChange: [] };
  try {
    const listeners = await listenersOf(server.url);
    const open = async (field: HeardField): Promise<Subscribers> => {
      const subscribers = await openSubscribers({
        ...ours,
        url: server.url,
        listeners,
        field,
        subscribers: FEW,
      });
      opened.push(subscribers);
      return subscribers;
    };
    const audiences = { onPutItem: await open('onPutItem'), onItemChange: await open('onItemChange') };
    const burst = { mutations: plan.mutations, mutationsPerSecond: MUTATIONS_PER_SECOND };
    await audiences.onItemChange.run({
      mutations: 2 * plan.warmUp,
      mutationsPerSecond: 4 * MUTATIONS_PER_SECOND,
    });
    for (let round = 0; round < plan.rounds; round += 1) {
      // One after the other: a put is heard by both, and each waits for its own.
      few.onPutItem.push(await audiences.onPutItem.run(burst));
      few.onItemChange.push(await audiences.onItemChange.run(burst));
    }
    return few;
  } finally {
    opened.forEach((subscribers) => subscribers.stop());
    await server.stop();
  }
}

/** @param first number of the first round */
async function rounds(
  running: Running[],
  plan: Plan,
  first: number,
  context: BenchContext,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    for (let turn = 0; turn < running.length; turn += 1) {
      const { label, server, subscribers } = running[(turn + round) % running.length]!;
      context.progress(`round ${round + 1} of ${plan.rounds}: ${label}`);
      const before = await server.cpu();
      const done = await subscribers.run({
        mutations: plan.mutations,
        mutationsPerSecond: MUTATIONS_PER_SECOND,
      });
      const cpu = (await server.cpu()) - before;
      samples.push({ label, round: first + round, ...done, cpuPerFrame: cpu / done.delivered });
    }
  }
  return samples;
}

function report(
  running: Running[],
  samples: Sample[],
  few: Measured['few'],
): Pick<SectionResult, 'tables' | 'targets' | 'plots'> {
  const column = (label: string, value: (sample: Sample) => number): number[] =>
    samples.filter((sample) => sample.label === label).map(value);
  const cpu = (label: string): number[] => column(label, ({ cpuPerFrame }) => cpuPerFrame);
  const p99 = (label: string): number[] => column(label, (sample) => sample.p99);
  const share = (label: string): number =>
    Math.min(...column(label, ({ delivered, mutations }) => delivered / (mutations * SUBSCRIBERS)));
  return {
    tables: [
      {
        title: 'Each mutation delivered to all subscribers',
        columns: [
          '',
          'CPU µs per frame',
          'spread',
          '× ws alone',
          'frames/s',
          'delivered',
          'p50 ms',
          'p99 ms',
        ],
        rows: running.map(({ label }) => [
          label,
          median(cpu(label)),
          spreadText(cpu(label)),
          ratioOf(cpu(label), cpu(BARE)),
          median(column(label, ({ delivered, seconds }) => delivered / seconds)),
          `${(100 * share(label)).toFixed(share(label) === 1 ? 0 : 2)} %`,
          median(column(label, (sample) => sample.p50)),
          median(p99(label)),
        ]),
        notes: [
          'CPU of the server process divided by delivered frames, the mutations included. Targets use this project without its ' +
            'change feed, because the feed publishes each change a second time, for `onItemChange`. Latency is measured from the ' +
            'sending of a mutation to the frame, for every tenth subscriber; if frames/s stay below 50,000, the machine was saturated, and ' +
            'latency is the waiting time in the queue. `onItemChange` delivers each put by the change feed: the server reads the stream, runs the ' +
            'Lambda function, and delivers its mutation to all.',
        ],
      },
      {
        title: `Default server: time from a put to the frame of each of ${FEW} subscribers, at ${MUTATIONS_PER_SECOND} puts a second`,
        columns: ['', 'p50 ms', 'p99 ms'],
        rows: (['onPutItem', 'onItemChange'] as const).map((field) => [
          field,
          median(few[field].map((one) => one.p50)),
          median(few[field].map((one) => one.p99)),
        ]),
      },
    ],
    targets: [
      {
        name: `onItemChange, ${FEW} subscribers: p50 from put to frame, relative to ${P50_MS} ms`,
        ratio: median(few.onItemChange.map(({ p50 }) => p50)) / P50_MS,
        atMost: 1,
      },
      {
        name: `onItemChange, ${FEW} subscribers: p99 relative to that of onPutItem`,
        ratio: ratioOf(
          few.onItemChange.map((one) => one.p99),
          few.onPutItem.map((one) => one.p99),
        ),
        atMost: 2,
      },
      {
        name: 'fan-out: server CPU per frame relative to ws alone',
        ratio: ratioOf(cpu(OURS_ALONE), cpu(BARE)),
        atMost: 1.2,
      },
      { name: 'fan-out: share of messages delivered', ratio: share(OURS_ALONE), atLeast: 1 },
      {
        name: 'fan-out: p99 of delivery relative to ws alone',
        ratio: ratioOf(p99(OURS_ALONE), p99(BARE)),
        atMost: 2,
      },
    ],
    plots: [
      {
        kind: 'bars',
        file: 'subscriptions',
        title: `CPU of the server for one message to one of ${SUBSCRIBERS.toLocaleString('en-US')} subscribers`,
        unit: 'µs of server CPU per delivered frame',
        bars: running.map(({ label, ours }) => ({
          label,
          value: median(cpu(label)),
          ...(ours && { ours }),
        })),
      },
    ],
  };
}
