import { expect, test } from 'vitest';
import { costOf } from '../../../src/recorder/cost.ts';
import type { AppModel } from '../../../src/template/app-model.ts';
import { RequestTrace } from '../../../src/trace/request-trace.ts';
import type { TracedUnit } from '../../../src/trace/resolver-trace.ts';

const A_MILLION = 1_000_000;
/** As far as costs need it. */
const app = {
  api: { dataSources: [{ name: 'Check', type: 'AWS_LAMBDA', functionArn: 'arn' }] },
  lambdaFunctions: [{ arn: 'arn', functionName: 'check', memoryMb: 512 }],
} as unknown as AppModel;

function traceOf(operation: string): RequestTrace {
  const trace = new RequestTrace('r', 'http');
  trace.executing({ operation, selectionSet: { selections: [] } });
  return trace;
}

/** Asks a data source for something that takes so many milliseconds. */
function ask(
  trace: RequestTrace,
  dataSource: TracedUnit['dataSource'],
  request: unknown,
  ms: number,
  index = 0,
) {
  const init = {
    arguments: {},
    identity: null,
    source: null,
    request: { headers: {}, domainName: null },
    info: { fieldName: 'a', parentTypeName: 'Query' },
    env: {},
  };
  const resolver = trace.resolving(init, { key: 'a', previous: null })!;
  const asked = resolver.asking({ dataSource: dataSource! }, request);
  asked.batch = { size: 2, index, sentAt: asked.startedAt };
  asked.endedAt = asked.startedAt + ms;
}
const perMillion = (trace: RequestTrace, read = 0, write = 0) =>
  costOf(trace, { read, write }, app).parts.map(({ what, units, usd }) => [
    what.split(':')[0],
    units,
    Number((usd * A_MILLION).toFixed(4)),
  ]);

test('a query costs its operation and what it reads, by the dated list', () => {
  const cost = costOf(traceOf('query'), { read: 2, write: 0 }, app);

  expect(cost.usd * A_MILLION).toBeCloseTo(4 + 2 * 0.125);
  expect(cost).toMatchObject({ region: 'us-east-1', compiled: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
});

test('an event costs its updates, and starting a subscription nothing', () => {
  const mutation = traceOf('mutation');
  mutation.delivered('putItem', { subscribers: 3, bytes: 18_000, updates: 6 });

  expect(perMillion(mutation, 0, 1)).toEqual([
    ['AppSync', 1, 4],
    ['AppSync', 6, 12],
    ['DynamoDB', 1, 0.625],
  ]);
  expect(perMillion(traceOf('subscription'))).toEqual([]);
});

test('a batch is one invocation, billed in whole milliseconds', () => {
  const trace = traceOf('query');
  const check = { name: 'Check', type: 'AWS_LAMBDA' };
  ask(trace, check, {}, 9.2, 0);
  ask(trace, check, {}, 9.2, 1);

  expect(perMillion(trace)).toEqual([
    ['AppSync', 1, 4],
    ['Lambda', 1, 0.2],
    ['Lambda', 0.005, 0.0833],
  ]);
});

test('each event for EventBridge costs', () => {
  const trace = traceOf('mutation');
  ask(trace, { name: 'Bus', type: 'AMAZON_EVENTBRIDGE' }, { operation: 'PutEvents', events: [{}, {}] }, 1);

  expect(perMillion(trace).at(-1)).toEqual(['EventBridge', 2, 2]);
});
