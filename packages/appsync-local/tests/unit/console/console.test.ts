import { createHash, createHmac } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { HttpRequest as SmithyRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { buildSchema, graphqlSync, parse, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { createConsole } from '../../../src/console/console.ts';
import { memoryRequest } from '../../../src/http/memory-request.ts';
import { pageModule } from './harness/page-module.ts';

const SETTINGS = {
  title: 'Tasks <script> $&',
  region: 'us-east-1',
  modes: ['API_KEY' as const],
  oidcIssuers: [],
  apiKey: 'da2-key',
  credentials: { accessKeyId: 'AKIA', secretAccessKey: 'secret' },
};

/** The page as it is served: bundled. */
let folder: string;
beforeAll(async () => {
  const build = new URL('../../../build/page.mjs', import.meta.url).href;
  folder = await ((await import(build)) as { pageOfSources(): Promise<string> }).pageOfSources();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  createConsole(SETTINGS, async () => folder)(memoryRequest({ path, headers }));

describe('console', () => {
  it("shows the API's name as text and nothing from elsewhere", async () => {
    const { headers, body } = await get('/');

    expect(headers['Content-Type']).toBe('text/html;charset=UTF-8');
    expect(body).toContain('<h1>Tasks &#60;script&#62; $&#38;</h1>');
    expect(body).toContain('/console/main.js');
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it('lets the page load, connect and style only what comes from here', async () => {
    const { headers, body } = await get('/', { host: 'localhost:4000' });

    const policy = headers['Content-Security-Policy'];
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("connect-src 'self' ws://localhost:4000 wss://localhost:4000;");
    expect(policy).not.toContain('unsafe');
    const nonce = /name="style-nonce" property="csp-nonce" content="([^"]+)"/.exec(String(body))?.[1];
    expect(policy).toContain(`'nonce-${nonce}'`);
  });

  it('uses a nonce once', async () => {
    const first = await get('/');
    const second = await get('/');

    expect(first.headers['Content-Security-Policy']).not.toBe(second.headers['Content-Security-Policy']);
  });

  it('gives the page its settings, not to be kept', async () => {
    const { headers, body } = await get('/_local/console.json');

    expect(JSON.parse(String(body))).toEqual(SETTINGS);
    expect(headers['Cache-Control']).toBe('no-store');
  });

  it('gives a page on another machine no credentials', async () => {
    const request = memoryRequest({ path: '/_local/console.json', remoteAddress: '192.168.1.7' });

    const { body } = await createConsole(SETTINGS, async () => folder)(request);

    const { title, region, modes, oidcIssuers } = SETTINGS;
    expect(JSON.parse(String(body))).toEqual({ title, region, modes, oidcIssuers });
  });

  it.each([
    ['/console/main.js', 'text/javascript;charset=UTF-8', '/_local/console.json'],
    ['/console/page.css', 'text/css;charset=UTF-8', 'graphiql-container'],
  ])('serves %s, compressed for who allows it', async (path, type, text) => {
    const plain = await get(path);
    const gzipped = await get(path, { 'accept-encoding': 'gzip, br' });

    expect(plain.headers['Content-Type']).toBe(type);
    expect(String(plain.body)).toContain(text);
    expect(gzipped.headers['Content-Encoding']).toBe('gzip');
    expect(gunzipSync(gzipped.body as Buffer).equals(plain.body as Buffer)).toBe(true);
  });

  it('answers 304 to a browser that has the file', async () => {
    const { headers } = await get('/console/main.js');

    const again = await get('/console/main.js', { 'if-none-match': headers['ETag']! });

    expect(again).toMatchObject({ status: 304, body: '' });
  });

  it.each([
    '/console/',
    '/console/none.js',
    '/console/index.html',
    '/console/../console.ts',
    '/console/..%2fassets.js',
    '/console/vendor/package.json',
  ])('has no %s', async (path) => {
    const { status } = await get(path);

    expect(status).toBe(404);
  });
});

describe('sample operations', () => {
  const schema = buildSchema(`
    scalar AWSJSON
    scalar AWSDateTime
    scalar Colour
    enum Kind { A B }
    interface Named { name: String }
    type Node implements Named { name: String next: Node! needs(x: Int!): String any: Any many: [Node!]! }
    type Other { at: AWSDateTime }
    union Any = Node | Other
    input Inner { kinds: [Kind!]! colour: Colour! recursive: [Outer!]! }
    input Outer { id: ID! inner: Inner! payload: AWSJSON note: String size: Int! = 3 }
    type Query { first(id: ID!, kind: Kind!, optional: Int): Any second: Int }
    type Mutation { put(input: Outer!, when: AWSDateTime!, limit: Int! = 5): Node! }
    type Subscription { onPut(id: ID): Named }
  `);

  const introspect = async (of: typeof schema) => {
    const { introspect } = await pageModule('api/introspection.ts');
    return introspect!(async ({ query }: { query: string }) => graphqlSync({ schema: of, source: query }));
  };

  it('are a valid mutation, query and subscription of whatever the schema is', async () => {
    const { sampleTabs } = await pageModule('api/samples.ts');

    const tabs = sampleTabs!(await introspect(schema)) as { query: string; variables?: string }[];

    expect(tabs.map(({ query }) => /^# Press .*\n(?:# .*\n)?(\w+)/.exec(query)?.[1])).toEqual([
      'mutation',
      'query',
      'subscription',
    ]);
    for (const { query } of tabs) {
      expect(validate(schema, parse(query))).toEqual([]);
    }
  });

  it('fill in what is required, and free-form JSON', async () => {
    const { sampleTabs } = await pageModule('api/samples.ts');

    const [put, first, onPut] = sampleTabs!(await introspect(schema)) as { variables?: string }[];

    const inner = { kinds: ['A'], colour: 'text', recursive: [] };
    const nested = { id: '1', inner: { ...inner, kinds: [] }, payload: expect.any(String) };
    expect(JSON.parse(put!.variables!)).toEqual({
      input: {
        id: '1',
        inner: { ...inner, recursive: [nested] },
        payload: expect.any(String),
      },
      when: expect.stringMatching(/^\d{4}-/),
    });
    expect(JSON.parse(first!.variables!)).toEqual({ id: '1', kind: 'A' });
    expect(onPut).not.toHaveProperty('variables');
  });

  it('are left out where a schema has no such operation', async () => {
    const { sampleTabs } = await pageModule('api/samples.ts');

    const tabs = sampleTabs!(await introspect(buildSchema('type Query { ok: Boolean }')));

    expect(tabs).toEqual([{ query: expect.stringMatching(/^# .*\nquery Ok {\n  ok\n}\n$/) }]);
  });
});

describe('the operations of a document', () => {
  it.each([
    ['{ a }', [['query', undefined]]],
    ['query A { a { b } }', [['query', 'A']]],
    ['mutation ($x: [Int!]! = [1]) @d(a: "{") { a(b: { c: $x }) }', [['mutation', undefined]]],
    ['# subscription C { c }\nquery A { a(s: "} query B {") }', [['query', 'A']]],
    [
      'fragment F on T { a }\nsubscription C { ...F }\nquery D { d }',
      [
        ['subscription', 'C'],
        ['query', 'D'],
      ],
    ],
    ['query A { a(s: """} mutation B { "b" }""") }', [['query', 'A']]],
    ['query A {', []],
    ['', []],
  ])('%s', async (document, expected) => {
    const { operationsIn } = await pageModule('api/operations.ts');

    const operations = operationsIn!(document) as { kind: string; name?: string }[];

    expect(operations.map(({ kind, name }) => [kind, name])).toEqual(expected);
  });
});

/** What the SDK's signer wants of SHA-256. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

describe("the page's signature", () => {
  it('is the one AWS SDKs make', async () => {
    const { signRequest } = await pageModule('api/sigv4.ts');
    const headers = { host: 'localhost:4000', 'content-type': 'application/json' };
    const body = '{"query":"{ ö }"}';

    const signed = (await signRequest!(
      { path: '/graphql', headers, body },
      SETTINGS.credentials,
      'us-east-1',
    )) as Record<string, string>;

    const signer = new SignatureV4({
      service: 'appsync',
      region: 'us-east-1',
      credentials: SETTINGS.credentials,
      sha256: NodeSha256,
      applyChecksum: false,
    });
    const date = signed['x-amz-date']!.replace(
      /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    const expected = await signer.sign(
      new SmithyRequest({ method: 'POST', hostname: 'localhost', path: '/graphql', headers, body }),
      { signingDate: new Date(date) },
    );
    expect(signed['Authorization']).toBe(expected.headers['authorization']);
  });
});
