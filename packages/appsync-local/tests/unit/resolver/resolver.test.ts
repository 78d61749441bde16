import { expect, test } from 'vitest';
import {
  answered,
  failed,
  refused,
  type DataSource,
  type Outcome,
} from '../../../src/data-sources/data-source.ts';
import { type Resolver, runResolver, type Step } from '../../../src/resolver/resolver.ts';
import { createRuntime } from '../../../src/runtime/runtime.ts';

const runtime = createRuntime();
const module = (request: string, response: string) =>
  runtime.load({
    logicalId: 'Code',
    title: 'resolver Query.x',
    text: `import { util, runtime } from '@aws-appsync/utils';
      export function request(ctx) { ${request} }
      export function response(ctx) { ${response} }`,
  });

/** A data source that answers what it is told and remembers what it was asked. */
function source(answer: (request: unknown) => Outcome = (request) => answered(request)) {
  const asked: unknown[] = [];
  const dataSource: DataSource = {
    name: 'Source',
    type: 'NONE',
    invoke: async (request) => {
      asked.push(request);
      return answer(request);
    },
  };
  return { asked, dataSource };
}

const context = (args: Record<string, unknown> = {}) =>
  runtime.createContext({
    arguments: args,
    identity: null,
    source: null,
    request: { headers: {}, domainName: null },
    info: {
      fieldName: 'x',
      parentTypeName: 'Query',
      variables: {},
      selectionSetList: [],
      selectionSetGraphQL: '',
    },
    env: {},
  });

const run = (resolver: Resolver, args?: Record<string, unknown>) =>
  runResolver(resolver, context(args), { field: 'Query.x' });
const unit = (step: Step): Resolver => ({ kind: 'UNIT', step });

test('a data source learns who asks: the field, the AppSync function, and how to describe the request', async () => {
  const { dataSource } = source();
  const invoked: unknown[] = [];
  const invoke: DataSource['invoke'] = (request, invocation) => {
    invoked.push(invocation);
    return dataSource.invoke(request, invocation);
  };
  const step = { dataSource: { ...dataSource, invoke }, module: module('return 1', 'return 1') };
  const invocation = {
    field: 'Query.x',
    requestId: 'r-1',
    describe: () => ({ arguments: {}, identity: null, outputType: 'X' }),
  };
  const pipeline: Resolver = {
    kind: 'PIPELINE',
    module: module('return {}', 'return 1'),
    steps: [{ ...step, functionId: 'f1' }],
  };

  await runResolver(pipeline, context(), invocation);
  await runResolver(unit(step), context(), invocation);

  expect(invoked).toStrictEqual([{ ...invocation, functionId: 'f1' }, invocation]);
});

test('a unit resolver asks its data source and answers what response returns', async () => {
  const { dataSource, asked } = source(() => answered({ n: 1 }));
  const step = { dataSource, module: module('return { id: ctx.args.id }', 'return ctx.result.n + 1') };

  expect(await run(unit(step), { id: 'a' })).toEqual({ kind: 'returned', value: 2 });
  expect(asked).toEqual([{ id: 'a' }]);
});

test('response runs after a failure, with the error and what came with it', async () => {
  const { dataSource } = source(() => failed({ type: 'X', message: 'm' }, { current: 1 }));
  const step = {
    dataSource,
    module: module('return {}', 'return [ctx.error.type, ctx.error.message, ctx.result]'),
  };

  expect(await run(unit(step))).toEqual({ kind: 'returned', value: ['X', 'm', { current: 1 }] });
});

test('a request that is none fails the field before response runs', async () => {
  const { dataSource } = source(() => refused("Value for field '$[operation]' not found."));
  const step = { dataSource, module: module('return {}', 'return "never"') };

  expect(await run(unit(step))).toMatchObject({
    kind: 'raised',
    error: { errorType: 'MappingTemplate', message: "Value for field '$[operation]' not found." },
  });
});

test('an early return of a unit request is the value, without data source and response', async () => {
  const { dataSource, asked } = source();
  const step = { dataSource, module: module('runtime.earlyReturn("early")', 'return "never"') };

  expect(await run(unit(step))).toEqual({ kind: 'early', value: 'early', skipTo: 'NEXT' });
  expect(asked).toEqual([]);
});

test('a pipeline hands each result to the next step and the last one to its own response', async () => {
  const { dataSource, asked } = source((request) => answered(`${String(request)}!`));
  const step = (name: string): Step => ({
    dataSource,
    module: module(
      `return ctx.prev.result + "${name}"`,
      'ctx.stash.n = (ctx.stash.n ?? 0) + 1; return ctx.result',
    ),
  });
  const resolver: Resolver = {
    kind: 'PIPELINE',
    module: module('return "start "', 'return [ctx.prev.result, ctx.result, ctx.stash.n]'),
    steps: [step('a'), step('b')],
  };

  expect(await run(resolver)).toEqual({ kind: 'returned', value: ['start a!b!', 'start a!b!', 2] });
  expect(asked).toEqual(['start a', 'start a!b']);
});

test.each([
  ['runtime.earlyReturn("skip")', ['skip then b']],
  ['runtime.earlyReturn("skip", { skipTo: "NEXT" })', ['skip then b']],
  ['runtime.earlyReturn("skip", { skipTo: "END" })', []],
])('%s in a step decides what still runs', async (early, expectedRequests) => {
  const { dataSource, asked } = source();
  const resolver: Resolver = {
    kind: 'PIPELINE',
    module: module('return null', 'return ctx.prev.result'),
    steps: [
      { dataSource, module: module(early, 'return "never"') },
      { dataSource, module: module('return ctx.prev.result + " then b"', 'return ctx.result') },
    ],
  };

  const result = await run(resolver);

  expect(asked).toEqual(expectedRequests);
  expect(result).toEqual({ kind: 'returned', value: expectedRequests[0] ?? 'skip' });
});

test('an early return of a pipeline request skips every step', async () => {
  const { dataSource, asked } = source();
  const resolver: Resolver = {
    kind: 'PIPELINE',
    module: module('runtime.earlyReturn(7)', 'return ctx.prev.result + 1'),
    steps: [{ dataSource, module: module('return {}', 'return {}') }],
  };

  expect(await run(resolver)).toEqual({ kind: 'returned', value: 8 });
  expect(asked).toEqual([]);
});

test('util.error in a step ends the pipeline without its response', async () => {
  const { dataSource } = source();
  const resolver: Resolver = {
    kind: 'PIPELINE',
    module: module('return null', 'return "never"'),
    steps: [{ dataSource, module: module('return {}', 'util.error("stop", "T", { a: 1 }, { b: 2 })') }],
  };

  expect(await run(resolver)).toMatchObject({
    kind: 'raised',
    error: { message: 'stop', errorType: 'T', data: { a: 1 }, errorInfo: { b: 2 } },
  });
});

test('a step without code sends the whole context and raises what comes back as an error', async () => {
  const fine = source(() => answered(5));
  const broken = source(() => failed({ type: 'Oops', message: 'm' }));

  expect(await run(unit({ dataSource: fine.dataSource, module: null }), { id: 'a' })).toEqual({
    kind: 'returned',
    value: 5,
  });
  expect(fine.asked[0]).toMatchObject({ arguments: { id: 'a' }, identity: null, prev: null, stash: {} });
  expect(await run(unit({ dataSource: broken.dataSource, module: null }))).toMatchObject({
    kind: 'raised',
    error: { errorType: 'Oops', message: 'm' },
  });
});

const FIVE_MB = 5 * 1024 * 1024;
const tooLarge = {
  kind: 'raised',
  error: { errorType: 'MappingTemplate', message: 'Transformation too large', data: null, errorInfo: null },
};

test('a request over 5 MB never reaches the data source', async () => {
  const { dataSource, asked } = source();
  const resolver = unit({ dataSource, module: module('return ctx.args', 'return 1') });

  expect(await run(resolver, { text: 'x'.repeat(FIVE_MB) })).toEqual(tooLarge);
  expect(asked).toEqual([]);
});

test('a response over 5 MB of JSON is no value, one of 5 MB is', async () => {
  const answering = (text: string) => {
    const { dataSource } = source(() => answered(text));
    return run(unit({ dataSource, module: module('return {}', 'return ctx.result') }));
  };

  expect(await answering('x'.repeat(FIVE_MB - 2))).toMatchObject({ kind: 'returned' });
  expect(await answering('x'.repeat(FIVE_MB - 1))).toEqual(tooLarge);
  expect(await answering('ä'.repeat(FIVE_MB / 2))).toEqual(tooLarge);
  expect(await answering('\u0000'.repeat(Math.ceil(FIVE_MB / 6)))).toEqual(tooLarge);
});

test('a pipeline is held to 5 MB before and after its steps', async () => {
  const { dataSource, asked } = source();
  const large = { text: 'x'.repeat(FIVE_MB) };
  const pipeline = (before: string, after: string): Resolver => ({
    kind: 'PIPELINE',
    module: module(before, after),
    steps: [{ dataSource, module: module('return {}', 'return {}') }],
  });

  expect(await run(pipeline('return ctx.args', 'return 1'), large)).toEqual(tooLarge);
  expect(asked).toHaveLength(0);
  expect(await run(pipeline('return 1', 'return ctx.args'), large)).toEqual(tooLarge);
  expect(asked).toHaveLength(1);
});
