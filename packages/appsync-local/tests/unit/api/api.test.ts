import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi, type Api } from '../../../src/api/api.ts';
import type { DataSource, Outcome } from '../../../src/data-sources/data-source.ts';
import { answered } from '../../../src/data-sources/data-source.ts';
import { loadSchema } from '../../../src/graphql/schema.ts';
import type { Resolver } from '../../../src/resolver/resolver.ts';
import { createRuntime } from '../../../src/runtime/runtime.ts';
import type { ApiModel } from '../../../src/template/app-model.ts';
import { RequestTrace } from '../../../src/trace/request-trace.ts';
import { timingLine } from '../../../src/trace/timing-line.ts';

const SDL = `
  type Node { id: ID next: Node nodes: [Node] }
  type Query { slow: Node node: Node }
  type Mutation { change: Node }
  type Subscription { onChange: Node @aws_subscribe(mutations: ["change"]) }
`;
const origin = {
  caller: { mode: 'API_KEY' as const, identity: null, groups: [] },
  headers: {},
  requestId: 'r',
};

const runtime = createRuntime();
const module = runtime.load({
  logicalId: 'Code',
  title: 'resolver',
  text: 'export function request(ctx) { return {} } export function response(ctx) { return ctx.result }',
});

let published = 0;

/** An API whose fields with a resolver ask this data source. */
function apiWith(invoke: () => Promise<Outcome>, fields: string[], limits: Partial<ApiModel> = {}): Api {
  const dataSource: DataSource = { name: 'Source', type: 'NONE', invoke };
  const resolver: Resolver = { kind: 'UNIT', step: { dataSource, module } };
  const api = { authModes: [{ type: 'API_KEY' }], environment: {}, introspectionEnabled: true, ...limits };
  return createApi({
    api: { queryDepthLimit: 0, resolverCountLimit: 0, ...api } as ApiModel,
    schema: loadSchema(SDL, [{ type: 'API_KEY' }], 'Schema'),
    runtime,
    resolvers: new Map(fields.map((field) => [field, resolver])),
    isWatched: () => true,
    publish: () => {
      published += 1;
      return { subscribers: 2, bytes: 30, updates: 2 };
    },
    invalidate: () => undefined,
  });
}

beforeEach(() => {
  published = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<Outcome>(() => undefined);
const timedOut = [
  { path: null, errorType: 'ExecutionTimeout', locations: null, message: 'Execution timed out.' },
];

test('a request is given 30 seconds', async () => {
  const api = apiWith(never, ['Query.slow']);
  let ended = false;
  const answer = api.execute({ query: '{ slow { id } }' }, origin).finally(() => (ended = true));

  await vi.advanceTimersByTimeAsync(29_999);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);

  expect((await answer).response).toEqual({ data: null, errors: timedOut });
});

test('subscribing is given 30 seconds too', async () => {
  const api = apiWith(never, ['Subscription.onChange']);
  const answer = api.subscribe({ query: 'subscription { onChange { id } }' }, origin);

  await vi.advanceTimersByTimeAsync(30_000);

  expect(await answer).toEqual({ kind: 'refused', errors: timedOut });
});

test('resolvers beyond the limit give null with an error of their own', async () => {
  const list = async () => answered({ nodes: [{}, {}, {}] });
  const api = apiWith(list, ['Query.node', 'Node.next'], { resolverCountLimit: 3 });

  const { response } = await api.execute({ query: '{ node { nodes { next { id } } } }' }, origin);

  expect(response.data).toEqual({
    node: { nodes: [{ next: { id: null } }, { next: { id: null } }, { next: null }] },
  });
  expect(response.errors).toMatchObject([
    { path: ['node', 'nodes', 2, 'next'], errorType: 'ResolverExecutionLimitReached', data: null },
  ]);
});

test('whoever wants to know is told how long a request and its steps took, and what they came to', async () => {
  const slowly = () => new Promise<Outcome>((answer) => setTimeout(() => answer(answered({ id: 'a' })), 20));
  const api = apiWith(slowly, ['Query.node']);
  const trace = new RequestTrace('r', 'http');
  const answer = api.execute({ query: 'query Nodes { node { id } }' }, { ...origin, trace });

  await vi.advanceTimersByTimeAsync(20);

  expect((await answer).response).toEqual({ data: { node: { id: 'a' } } });
  expect(timingLine(trace)).toBe('query Nodes 20.0 ms: Query.node 20.0 ms (request r)');
  expect(trace.resolvers[0]!.steps).toMatchObject([
    { handler: 'request', evaluation: { kind: 'returned', value: {} }, stash: {} },
    { kind: 'ask', outcome: { kind: 'answered', result: { id: 'a' } }, startedAt: 0, endedAt: 20 },
    { handler: 'response', evaluation: { kind: 'returned', value: { id: 'a' } } },
  ]);
});

test('a mutation tells whom its event reached, and is announced also when nobody wants to know', async () => {
  const api = apiWith(async () => answered({ id: 'a' }), ['Mutation.change']);
  const trace = new RequestTrace('r', 'http');

  await api.execute({ query: 'mutation { change { id } }' }, { ...origin, trace });
  await api.execute({ query: 'mutation { change { id } }' }, origin);

  expect(trace.deliveries).toMatchObject([{ mutation: 'change', subscribers: 2, bytes: 30, updates: 2 }]);
  expect(published).toBe(2);
});

test('nothing is measured when nobody wants to know', async () => {
  const clock = vi.spyOn(performance, 'now');
  const api = apiWith(async () => answered({ id: 'a' }), ['Query.node']);

  await api.execute({ query: '{ node { id } }' }, origin);

  expect(clock).not.toHaveBeenCalled();
});
