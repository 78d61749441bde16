import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  FunctionsView,
  InvocationSummary,
  InvocationView,
  RunView,
} from '../../src/functions/function-view.ts';
import { evaluate, type EvaluationContext } from '../../src/index.ts';
import type { RecordedRequest } from '../../src/recorder/recorded-request.ts';
import type { RequestList } from '../../src/recorder/routes.ts';
import { type ServerProcess, startServer } from '../harness/port-target.ts';
import { runCommand } from './harness/command.ts';

const RUNTIME = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
const PASS = 'export const request = () => ({});\nexport const response = (ctx) => ctx.prev.result;';
const WRITE = `
import { util } from '@aws-appsync/utils';
export function request(ctx) {
  ctx.stash.seen = ['written'];
  console.log('writing', ctx.args.id);
  return { operation: 'PutItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }),
    attributeValues: util.dynamodb.toMapValues({ text: ctx.args.text }) };
}
export const response = (ctx) => ctx.result;`;
const READ = `
import { util } from '@aws-appsync/utils';
export const request = (ctx) => ({ operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) });
export function response(ctx) {
  ctx.stash.seen.push('read');
  ctx.result.text = 'changed afterwards';
  return ctx.result;
}`;
const ASK = `
export const request = (ctx) => ({ operation: 'BatchInvoke',
  payload: { of: ctx.source.id, authorization: ctx.request.headers.authorization, key: ctx.request.headers['x-api-key'] } });
export const response = (ctx) => ctx.result;`;
const FAIL = `
import { util } from '@aws-appsync/utils';
export const request = () => util.error('not today', 'Refusal', null, { reason: 'closed' });
export const response = () => null;`;
const LIST = `
export const request = () => ({ payload: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
export const response = (ctx) => ctx.result;`;

const resolver = (TypeName: string, FieldName: string, more: object) => ({
  Type: 'AWS::AppSync::Resolver',
  Properties: { ApiId: API_ID, TypeName, FieldName, Runtime: RUNTIME, ...more },
});
const dataSource = (Name: string, Type: string, more: object = {}) => ({
  Type: 'AWS::AppSync::DataSource',
  Properties: { ApiId: API_ID, Name, Type, ...more },
});
const API_ID = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const step = (Name: string, Code: string) => ({
  Type: 'AWS::AppSync::FunctionConfiguration',
  Properties: { ApiId: API_ID, Name, DataSourceName: 'Notes', Runtime: RUNTIME, Code },
});
const stepId = (id: string) => ({ 'Fn::GetAtt': [id, 'FunctionId'] });

const template = {
  Resources: {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'notes', AuthenticationType: 'API_KEY' } },
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: API_ID } },
    Schema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: {
        ApiId: API_ID,
        Definition:
          'type Note { id: ID! text: String about: String } type Query { notes: [Note] fail: Note } ' +
          'type Mutation { write(id: ID!, text: String): Note } type Subscription { onWrite: Note @aws_subscribe(mutations: ["write"]) }',
      },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    },
    About: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'about',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        MemorySize: 512,
        Role: 'arn:aws:iam::123456789012:role/about',
        Environment: { Variables: { PLACE: 'hush-hush-2' } },
        Code: {
          ZipFile:
            'exports.handler = async (events) => { console.log("asked of", events.length); return events.map(({ of }) => "about " + of); };',
        },
      },
    },
    NotesSource: dataSource('Notes', 'AMAZON_DYNAMODB', {
      DynamoDBConfig: { TableName: { Ref: 'Table' }, AwsRegion: { Ref: 'AWS::Region' } },
    }),
    AboutSource: dataSource('About', 'AWS_LAMBDA', {
      LambdaConfig: { LambdaFunctionArn: { 'Fn::GetAtt': ['About', 'Arn'] } },
    }),
    NoneSource: dataSource('None', 'NONE'),
    WriteStep: step('writeNote', WRITE),
    ReadStep: step('readNote', READ),
    Write: resolver('Mutation', 'write', {
      Kind: 'PIPELINE',
      Code: PASS,
      PipelineConfig: { Functions: [stepId('WriteStep'), stepId('ReadStep')] },
    }),
    Notes: resolver('Query', 'notes', { DataSourceName: 'None', Code: LIST }),
    Fail: resolver('Query', 'fail', { DataSourceName: 'None', Code: FAIL }),
    AboutField: resolver('Note', 'about', { DataSourceName: 'About', Code: ASK, MaxBatchSize: 10 }),
  },
};

const KEY = 'da2-localdevkey000000000000000';
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJub2JvZHkifQ.c2ln';
const directory = mkdtempSync(join(tmpdir(), 'trace-'));
let server: ServerProcess;
let port: string;

beforeAll(async () => {
  const file = join(directory, 'template.json');
  writeFileSync(file, JSON.stringify(template));
  server = await startServer(['--port', '0', '--memory', '--template', file]);
  port = new URL(server.origin).port;
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Asks the API, and returns the request id that a client gets. */
async function ask(query: string, headers: Record<string, string> = { 'x-api-key': KEY }): Promise<string> {
  const response = await fetch(`${server.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  await response.text();
  return response.headers.get('x-amzn-requestid')!;
}

const at = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.origin}/_local/requests${path}`, { headers });

async function recorded(id: string): Promise<RecordedRequest> {
  const response = await at(`/${id}`);
  expect(response.status).toBe(200);
  return (await response.json()) as RecordedRequest;
}

const trace = (...options: string[]) => runCommand('trace', ...options, '--port', port);

describe('a pipeline on DynamoDB', () => {
  let request: RecordedRequest;
  beforeAll(async () => {
    request = await recorded(await ask('mutation Save { write(id: "1", text: "first") { id text } }'));
  });

  it('has every step with its values as they were, also what a resolver changed afterwards', () => {
    const [{ field, path, steps }] = request.resolvers as [RecordedRequest['resolvers'][number]];

    expect({ field, path }).toEqual({ field: 'Mutation.write', path: ['write'] });
    expect(steps.map(({ number, kind, name }) => [number, kind, name])).toEqual([
      [1, 'resolver', 'Mutation.write'],
      [2, 'AppSync function', 'writeNote'],
      [3, 'AppSync function', 'readNote'],
      [4, 'resolver', 'Mutation.write'],
    ]);
    expect(steps[1]!.request).toMatchObject({ stashBefore: {}, stashAfter: { seen: ['written'] } });
    expect(steps[2]!.dataSource).toMatchObject({ result: { id: '1', text: 'first' }, error: null });
    expect(steps[2]!.response).toMatchObject({
      stashBefore: { seen: ['written'] },
      stashAfter: { seen: ['written', 'read'] },
      result: { id: '1', text: 'changed afterwards' },
    });
    expect(request.answer).toEqual({ data: { write: { id: '1', text: 'changed afterwards' } } });
  });

  it('has the calls with their answers, what they consume, and what all costs', () => {
    const calls = request.resolvers[0]!.steps.flatMap(({ dataSource: source }) => source?.calls ?? []);

    expect(calls).toMatchObject([
      { service: 'DynamoDB', operation: 'PutItem', answer: {}, units: { read: 0, write: 1 } },
      { operation: 'GetItem', answer: { Item: { text: { S: 'first' } } }, units: { read: 0.5, write: 0 } },
    ]);
    expect(request.units).toEqual({ read: 0.5, write: 1 });
    expect(request.cost.usd).toBeCloseTo((4 + 0.625 + 0.5 * 0.125) / 1e6, 12);
  });

  it('has what the code logged', () => {
    expect(request.lines).toMatchObject([
      { level: 'INFO', words: '"writing" "1"', title: 'AppSync function writeNote' },
    ]);
  });

  it('becomes the context of a test', async () => {
    const { stdout } = await trace('--id', request.id, '--step', '3', '--context', '--function', 'response');
    const context = JSON.parse(stdout) as EvaluationContext;

    const evaluated = await evaluate({ code: READ, function: 'response', context });

    expect(evaluated).toMatchObject({
      result: { id: '1', text: 'changed afterwards' },
      stash: { seen: ['written', 'read'] },
    });
  });

  it('becomes a command line without the key', async () => {
    const { stdout } = await trace('--id', request.id, '--curl');

    expect(stdout).toContain(`curl ${server.origin}/graphql`);
    expect(stdout).toContain('"x-api-key: $API_KEY"');
    expect(stdout).toContain(
      `--data '{"query":"mutation Save { write(id: \\"1\\", text: \\"first\\") { id text } }"`,
    );
    expect(stdout).not.toContain(KEY);
  });

  it('is a waterfall in the terminal, without colours in a pipe', async () => {
    const { code, stdout, stderr } = await trace('--id', request.id);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^mutation Save \{ write \} {2}200/);
    expect(stdout).toMatch(/^ {2}3 {3}DynamoDB GetItem Notes +\d+\.\d\d ms +█+ *0\.5 read$/m);
    expect(stdout).toContain('0.5 read units, 1 write unit. A million of these cost $4.69 on AWS');
    expect(stdout).not.toContain('\u001b');
  });
});

it('a batch is one invocation, which each of its requests has with its place', async () => {
  const { resolvers, cost } = await recorded(await ask('{ notes { id about } }'));
  const about = resolvers.filter(({ field }) => field === 'Note.about');

  expect(about.map(({ path }) => path)).toEqual([0, 1, 2].map((index) => ['notes', index, 'about']));
  expect(about.map(({ steps }) => steps[0]!.dataSource)).toMatchObject(
    ['a', 'b', 'c'].map((id, index) => ({
      batch: { size: 3, index },
      request: { payload: { of: id } },
      result: `about ${id}`,
      calls: [{ service: 'Lambda', operation: 'BatchInvoke', target: 'about' }],
    })),
  );
  expect(cost.parts.filter(({ what }) => what === 'Lambda: requests')).toMatchObject([{ units: 1 }]);
});

describe('a Lambda function', () => {
  const functions = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${server.origin}/_local/functions${path}`)).json()) as T;
  const invoke = (payload: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.origin}/_local/functions/invoke`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ function: 'about', payload }),
    });

  it('has its invocations with the request that made it run, and the request has its lines', async () => {
    const id = await ask('{ notes { id about } }');

    await expect
      .poll(async () => (await recorded(id)).lines)
      .toMatchObject([{ level: 'INFO', place: 'about', words: 'asked of 3' }]);
    expect((await recorded('last')).lines).toHaveLength(1);
    const { invocations } = await functions<{ invocations: InvocationSummary[] }>(
      `/invocations?request=${id}`,
    );
    expect(invocations).toMatchObject([
      { functionName: 'about', type: 'RequestResponse', by: 'Note.about', requestId: id, error: null },
    ]);
    const found = await functions<InvocationView>(`/invocations?id=${invocations[0]!.id}`);
    expect(found).toMatchObject({
      payload: [{ of: 'a' }, { of: 'b' }, { of: 'c' }],
      result: { kind: 'answer', payload: ['about a', 'about b', 'about c'] },
      lines: [{ text: 'asked of 3', requestId: id }],
    });
    expect(found.durationMs).toBeGreaterThan(0);
    const printed = await runCommand('logs', '--id', id, '--port', port);
    expect(printed.stdout).toMatch(new RegExp(`^[\\d:.]+ \\[about\\] asked of 3 {2}\\(request ${id}\\)\n$`));
  });

  it('can be invoked with an event, as Lambda lets one, and says how it failed', async () => {
    const answered = await (await invoke([{ of: 'z' }])).json();
    const failed = (await (await invoke({})).json()) as { id: string };

    expect(answered).toMatchObject({ result: { kind: 'answer', payload: ['about z'] } });
    expect(failed).toMatchObject({ result: { kind: 'function-error', errorType: 'TypeError' } });
    expect(await functions(`/invocations?id=${failed.id}`)).toMatchObject({
      by: 'console',
      requestId: null,
      error: expect.stringMatching(/^TypeError: events\.map is not a function/) as string,
      lines: [{ severity: 'info' }, { severity: 'error' }],
    });
  });

  it('is run for no other page', async () => {
    const refused = await invoke([], { origin: 'http://localhost:3000' });

    expect(refused.status).toBe(403);
  });

  it('is listed with what calls it, beside resolvers and AppSync functions, and tells no values of its environment', async () => {
    const text = await (await fetch(`${server.origin}/_local/functions`)).text();
    const { lambdas, resolvers, appSyncFunctions } = JSON.parse(text) as FunctionsView;

    expect(lambdas).toMatchObject([
      { name: 'about', logicalId: 'About', memoryMb: 512, environment: ['PLACE'], calledBy: ['Note.about'] },
    ]);
    expect(lambdas[0]!.runs.count).toBeGreaterThan(0);
    expect(resolvers.find(({ field }) => field === 'Mutation.write')).toMatchObject({
      kind: 'PIPELINE',
      dataSources: ['DynamoDB Notes'],
      functions: ['writeNote', 'readNote'],
      runs: { count: 1, errors: 0 },
    });
    expect(appSyncFunctions.map(({ name, usedBy }) => [name, usedBy])).toEqual([
      ['readNote', ['Mutation.write']],
      ['writeNote', ['Mutation.write']],
    ]);
    expect(text).not.toContain('hush-hush-2');
    const { runs } = await functions<{ runs: RunView[] }>('/runs?name=writeNote');
    expect(runs).toMatchObject([{ title: 'mutation Save { write }', error: null }]);
  });
});

it('a resolver that fails has its error, and the answer too', async () => {
  const request = await recorded(await ask('{ fail { id } }'));

  const error = { message: 'not today', errorType: 'Refusal', errorInfo: { reason: 'closed' } };
  expect(request).toMatchObject({ status: 200, errors: 1, title: 'query { fail }' });
  expect(request.resolvers[0]!.steps).toMatchObject([{ number: 1, request: { error } }]);
  expect(request.answer).toMatchObject({ errors: [error] });
});

it('requests that were not run are there, the last one too', async () => {
  const invalid = await ask('{ nothing }');
  const refused = await ask('{ notes { id } }', { 'x-api-key': 'da2-wrong' });

  expect(await recorded(invalid)).toMatchObject({ title: 'invalid request', errors: 1, resolvers: [] });
  expect(await recorded('last')).toMatchObject({ id: refused, status: 401, mode: null, caller: null });
});

describe('what is shown', () => {
  it('has no credential, wherever it went', async () => {
    const id = await ask('{ notes { about } }', {
      'x-api-key': KEY,
      authorization: TOKEN,
      'x-session-token': 'hush-hush-1',
    });
    const forms = await Promise.all(
      [`/${id}`, '', `/${id}/curl`, `/${id}/steps/2/context`, `/${id}/steps/2/context?handler=response`].map(
        async (path) => (await at(path)).text(),
      ),
    );

    expect(forms[0]).toContain('"x-session-token":"(hidden)"');
    for (const secret of [KEY, TOKEN, 'hush-hush-1']) {
      expect(forms.filter((form) => form.includes(secret))).toEqual([]);
    }
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:3000' }],
    ['another port, without a name', { 'sec-fetch-site': 'same-site' }],
  ])('is not for a page of %s', async (_, headers) => {
    const response = await at('', headers);

    expect(response.status).toBe(403);
    expect(await response.text()).not.toContain('"requests"');
  });

  it('is a list, the newest first', async () => {
    await ask('{ fail { id } }');
    await ask('query Later { fail { id } }');

    const { requests, limits } = (await (await at('')).json()) as RequestList;
    const after = (await (await at(`?after=${requests[1]!.number}`)).json()) as RequestList;

    expect(requests.slice(0, 2).map(({ title }) => title)).toEqual([
      'query Later { fail }',
      'query { fail }',
    ]);
    expect(after.requests).toEqual(requests.slice(0, 1));
    expect(limits.requests).toBe(500);
  });

  it.each<[string, number, string]>([
    ['/6f0c', 404, 'Request 6f0c is not among the '],
    ['/last/steps/99/context', 404, 'there is no step 99'],
    ['/last/steps/1/context?handler=before', 400, 'handler is before; it must be request or response.'],
    ['/last/more', 404, 'There is nothing at /_local/requests/last/more'],
    ['?after=x', 400, 'after is x; it must be a number of a request'],
  ])('says what is wrong with %s', async (path, status, message) => {
    const response = await at(path);

    expect(response.status).toBe(status);
    expect(await response.text()).toContain(message);
  });

  it('says in one line what options do not go together', async () => {
    const ended = await trace('--step', '1');

    const stderr = '--step and --curl need one request; pass --last or --id ID with them\n';
    expect(ended).toEqual({ code: 1, stdout: '', stderr });
  });
});
