import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DataView, ItemPage, Mentions } from '../../src/data/data-view.ts';
import { type ServerProcess, startServer } from '../harness/port-target.ts';

const API_ID = { 'Fn::GetAtt': ['Api', 'ApiId'] };
const key = (AttributeName: string, KeyType = 'HASH') => ({ AttributeName, KeyType });
const attribute = (AttributeName: string, AttributeType = 'S') => ({ AttributeName, AttributeType });

const template = {
  Resources: {
    Api: { Type: 'AWS::AppSync::GraphQLApi', Properties: { Name: 'notes', AuthenticationType: 'API_KEY' } },
    Key: { Type: 'AWS::AppSync::ApiKey', Properties: { ApiId: API_ID } },
    Schema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: { ApiId: API_ID, Definition: 'type Query { note: String }' },
    },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'notes',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [key('owner'), key('at', 'RANGE')],
        AttributeDefinitions: [attribute('owner'), attribute('at', 'N'), attribute('kind')],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byKind',
            KeySchema: [key('kind'), key('at', 'RANGE')],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'until', Enabled: true },
      },
    },
    Claims: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        TableName: 'claims',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [key('pk')],
        AttributeDefinitions: [attribute('pk')],
      },
    },
    Source: {
      Type: 'AWS::AppSync::DataSource',
      Properties: {
        ApiId: API_ID,
        Name: 'Notes',
        Type: 'AMAZON_DYNAMODB',
        DynamoDBConfig: { TableName: { Ref: 'Table' }, AwsRegion: { Ref: 'AWS::Region' } },
      },
    },
    Note: {
      Type: 'AWS::AppSync::Resolver',
      Properties: {
        ApiId: API_ID,
        TypeName: 'Query',
        FieldName: 'note',
        DataSourceName: 'Notes',
        Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' },
        Code: 'export const request = () => ({ operation: "Scan" }); export const response = () => null;',
      },
    },
  },
};

const directory = mkdtempSync(join(tmpdir(), 'data-routes-'));
let server: ServerProcess;

beforeAll(async () => {
  const file = join(directory, 'template.json');
  writeFileSync(file, JSON.stringify(template));
  server = await startServer(['--port', '0', '--memory', '--template', file]);
  for (let at = 1; at <= 60; at += 1) {
    const kind = at % 2 === 0 ? 'even' : 'odd';
    await write({ after: note(at, { kind: { S: kind }, size: { M: { n: { N: String(at) } } } }) });
  }
});

afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

const note = (at: number, more: object = {}) => ({ owner: { S: 'me' }, at: { N: String(at) }, ...more });

const ask = (path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.origin}/_local/data${path}`, {
    method: body ? 'POST' : 'GET',
    headers,
    body: body && JSON.stringify(body),
  });

const write = (body: object): Promise<Response> => ask('/write', { table: 'notes', ...body });

async function read(body: object): Promise<ItemPage> {
  const response = await ask('/read', { table: 'notes', ...body });
  expect(response.status).toBe(200);
  return (await response.json()) as ItemPage;
}

const times = ({ items }: ItemPage): number[] => items.map((item) => Number(item.at!.N));

async function refusal(response: Response): Promise<[number, string, string]> {
  const { errors } = (await response.json()) as { errors: { errorType: string; message: string }[] };
  return [response.status, errors[0]!.errorType, errors[0]!.message];
}

describe('/_local/data', () => {
  it('has the tables of the app, with keys, indexes, stream and expiry', async () => {
    const { tables, isWritable, readUnitUsd, deadLetters } = (await (await ask('')).json()) as DataView;

    expect({ isWritable, readUnitUsd }).toEqual({ isWritable: true, readUnitUsd: 0.125e-6 });
    expect(deadLetters).toEqual([]);
    expect(tables.map(({ name }) => name)).toEqual(['notes', 'claims']);
    expect(tables.slice(0, 1)).toEqual([
      {
        name: 'notes',
        logicalId: 'Table',
        key: [
          { name: 'owner', type: 'S' },
          { name: 'at', type: 'N' },
        ],
        indexes: [
          {
            name: 'byKind',
            kind: 'global',
            key: [
              { name: 'kind', type: 'S' },
              { name: 'at', type: 'N' },
            ],
            projection: 'KEYS_ONLY',
          },
        ],
        stream: 'NEW_AND_OLD_IMAGES',
        timeToLiveAttribute: 'until',
        items: 60,
      },
    ]);
  });

  it('reads page by page, and says what each page used', async () => {
    const first = await read({});
    const second = await read({ from: first.next });

    expect(first).toMatchObject({ operation: 'Scan', scanned: 50 });
    expect(first.units).toBeGreaterThan(0);
    expect([...times(first), ...times(second)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
    expect(second.next).toBeNull();
  });

  it.each([
    ['a key', { partition: { S: 'me' }, sort: { op: '<', value: { N: '3' } } }, 'Query', [1, 2]],
    [
      'a key, in descending order',
      { partition: { S: 'me' }, sort: { op: '>', value: { N: '58' } }, descending: true },
      'Query',
      [60, 59],
    ],
    [
      'an index',
      { index: 'byKind', partition: { S: 'even' }, sort: { op: '<=', value: { N: '4' } } },
      'Query',
      [2, 4],
    ],
    [
      'a filter on a member of a map',
      { filter: { attribute: 'size.n', op: '=', value: { N: '7' } } },
      'Scan',
      [7],
    ],
    ['a missing attribute', { filter: { attribute: 'size', op: 'does not exist' } }, 'Scan', []],
  ])('finds items by %s', async (_, body, operation, expected) => {
    const page = await read(body);

    expect([page.operation, times(page)]).toEqual([operation, expected]);
  });

  it('changes and deletes an item only as it was read', async () => {
    const before = note(100, { text: { S: 'first' } });
    const after = note(100, { text: { S: 'second' }, more: { BOOL: true } });
    await write({ after: before });

    const again = await write({ after: before });
    const changed = await write({ before, after });
    const late = await write({ before, after: null });
    const deleted = await write({ before: after, after: null });

    expect(await refusal(again)).toEqual([
      409,
      'ConditionalCheckFailedException',
      'An item with this key already exists, so nothing was written.',
    ]);
    expect(await changed.json()).toEqual({ operation: 'PutItem', units: expect.any(Number) as number });
    expect(await refusal(late)).toEqual([
      409,
      'ConditionalCheckFailedException',
      'Somebody has changed or deleted the item since it was read, so nothing was written. Read it again.',
    ]);
    expect(await deleted.json()).toMatchObject({ operation: 'DeleteItem' });
    expect((await read({ partition: { S: 'me' }, sort: { op: '=', value: { N: '100' } } })).items).toEqual(
      [],
    );
  });

  it('finds what belongs to an item in other tables: what it names, and what names it', async () => {
    const claim = (pk: string, more: object = {}): Promise<Response> =>
      ask('/write', { table: 'claims', after: { pk: { S: pk }, ...more } });
    await claim('sku#1');
    await claim('log#1', { of: { M: { who: { L: [{ S: 'me' }] } } } });
    await claim('log#2', { of: { S: 'me too' } });
    await claim('log#3', { of: { S: '{"who":"me"}' } });
    const item = note(1, { claims: { L: [{ S: 'sku#1' }, { S: 'sku#2' }] } });

    const { mentions } = (await (await ask('/mentions', { table: 'notes', item })).json()) as {
      mentions: Mentions[];
    };

    expect(mentions).toMatchObject([{ table: 'claims', scanned: 4, isCut: false }]);
    expect(mentions[0]!.items.map(({ pk }) => pk!.S)).toEqual(['sku#1', 'log#1', 'log#3']);
    expect(mentions[0]!.units).toBeGreaterThan(0);
  });

  it.each([
    ['/read', { table: 'secrets' }, /^The app has no table secrets; it has notes, claims\.$/],
    ['/mentions', { table: 'notes' }, /^Send item, /],
    ['/read', {}, /^table must be a string, not undefined\.$/],
    [
      '/read',
      { table: 'notes', index: 'byName', partition: { S: 'a' } },
      /no index byName; it has byKind\.$/,
    ],
    [
      '/read',
      { table: 'notes', filter: { attribute: 'a', op: 'like' } },
      /^filter\.op must be one of .*, not like\.$/,
    ],
    ['/read', { table: 'notes', partition: { S: 'me' }, sort: { op: '=', value: { N: 'x' } } }, /./],
    [
      '/write',
      { table: 'notes', after: { owner: { S: 'me' } } },
      /^The item lacks at, which is part of the table's key\.$/,
    ],
    ['/write', { table: 'notes', before: note(1), after: note(2) }, /^An item keeps its key\./],
    ['/write', { table: 'notes' }, /^Send before \(the item as it was\), /],
    ['/write', { table: 'notes', after: { ...note(101), size: { N: 'many' } } }, /./],
  ])('says plainly what is wrong with %s %j', async (path, body, message) => {
    const [status, , said] = await refusal(await ask(path, body));

    expect(status).toBe(400);
    expect(said).toMatch(message);
  });

  it.each([
    ['', undefined],
    ['/read', { table: 'notes' }],
    ['/write', { table: 'notes', after: note(102) }],
    ['/mentions', { table: 'notes', item: note(1) }],
  ])('refuses %s to pages of other origins, also of this machine', async (path, body) => {
    const port = Number(new URL(server.origin).port);

    for (const headers of [
      { origin: `http://localhost:${port + 1}` },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect(await refusal(await ask(path, body, headers))).toEqual([
        403,
        'AccessDeniedException',
        expect.any(String),
      ]);
    }
    expect(
      (await ask(path, path === '' ? undefined : { table: 'nothing' }, { origin: server.origin })).status,
    ).toBe(path === '' ? 200 : 400);
  });
});
