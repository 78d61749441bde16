import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleFunction } from '../../infra/bundle-function.ts';
import { serve } from '../unit/functions/harness/scripted-server.ts';

/** The bundle itself, as a process of its own: the bundler replaces parts of the SDK that tests of the sources still have. */

let folder: string;
let bundle: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  bundle = join(folder, 'handler.js');
  writeFileSync(bundle, bundleFunction('functions/put-validated-item/handler.ts').code);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EVENT = {
  operation: 'putValidatedItem',
  input: {
    id: 'a',
    kind: 'product',
    payload: { sku: 'A-1', name: 'Desk', price: { amountMinor: 1, currency: 'EUR' } },
  },
  caller: { readsAll: false, writesAll: false, writesOwn: true, owner: null },
};

const INVOKE = `
  console.info = () => {};
  require(process.argv[1])
    .handler(JSON.parse(process.argv[2]), { awsRequestId: 'r' })
    .then((answer) => console.log(JSON.stringify({ answer, loaded: process.moduleLoadList })));
`;

/** Invokes the bundle with these variables and no others. */
async function invoke(variables: Record<string, string>) {
  const child = spawn(process.execPath, ['-e', INVOKE, bundle, JSON.stringify(EVENT)], {
    env: {
      AWS_REGION: 'eu-west-1',
      ITEMS_TABLE: 'Items',
      CONSTRAINTS_TABLE: 'Constraints',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { ...(JSON.parse(out) as { answer: object; loaded: string[] }), errors };
}

test('calls DynamoDB with the keys of the environment and the user agent of the SDK', async () => {
  const { url, received } = await serve((_, response) => response.end('{}'));

  const { answer, loaded } = await invoke({
    AWS_ENDPOINT_URL_DYNAMODB: url.href,
    AWS_ACCESS_KEY_ID: 'AKIAROLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
  });

  expect(answer).toMatchObject({ item: { id: 'a', version: 1 } });
  expect(received.map(({ headers }) => headers['x-amz-target'])).toEqual([
    'DynamoDB_20120810.GetItem',
    'DynamoDB_20120810.TransactWriteItems',
  ]);
  expect(received[0]!.headers).toMatchObject({
    'x-amz-security-token': 'session',
    'user-agent': expect.stringMatching(/^aws-sdk-js\/3\./) as string,
    authorization: expect.stringMatching(/Credential=AKIAROLE\/\d{8}\/eu-west-1\/dynamodb\//) as string,
  });
  // What a cold start is better off without.
  expect(loaded).toContain('NativeModule https');
  expect(
    loaded.filter((name) => /webstreams\/readablestream|readline\/interface|perf_hooks|undici/.test(name)),
  ).toEqual([]);
});

test('reads the configuration files of the SDK where there are some', async () => {
  const { url, received } = await serve((_, response) => response.end('{}'));
  const file = join(folder, 'config');
  writeFileSync(file, '[default]\nsdk_ua_app_id = from-the-file\n');

  await invoke({
    AWS_ENDPOINT_URL_DYNAMODB: url.href,
    AWS_ACCESS_KEY_ID: 'AKIAROLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_CONFIG_FILE: file,
  });

  expect(received[0]!.headers['user-agent']).toContain('app/from-the-file');
});

test('fetches its keys where Lambda says, when it has none in the environment', async () => {
  const keys = {
    AccessKeyId: 'AKIASNAP',
    SecretAccessKey: 'secret',
    Token: 'session',
    Expiration: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const credentials = await serve((_, response) => response.end(JSON.stringify(keys)));
  const { url, received } = await serve((_, response) => response.end('{}'));

  const { answer } = await invoke({
    AWS_ENDPOINT_URL_DYNAMODB: url.href,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: credentials.url.href,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
  });

  expect(answer).toMatchObject({ item: { id: 'a' } });
  expect(credentials.received.map(({ headers }) => headers.authorization)).toEqual(['token']);
  expect(received[0]!.headers.authorization).toContain('Credential=AKIASNAP/');
});

test('says in its log what is missing when it has no keys at all', async () => {
  const { answer, errors } = await invoke({ AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' });

  expect(answer).toMatchObject({
    error: { errorType: 'InternalError', errorInfo: { code: 'outcome_unknown' } },
  });
  expect(errors).toContain('Unable to find environment variable credentials');
});
