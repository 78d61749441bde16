import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CODES, RETRYABLE } from '../../model/refusal-codes.ts';
import { memoryRequest } from '../../packages/appsync-local/src/http/memory-request.ts';
import { type LocalServer, start } from '../../packages/appsync-local/src/start/start.ts';
import { keptCode } from '../../packages/appsync-local/tests/harness/kept-code.ts';
import { localSecrets } from '../../packages/appsync-local/tests/harness/local-secrets.ts';
import { httpHeaders } from '../../packages/appsync-local/tests/harness/secrets.ts';
import {
  apiKey,
  type ApiTarget,
  type Credentials,
  iam,
  user,
} from '../../packages/appsync-local/tests/harness/target.ts';
import { failingDynamoDb, type FailingDynamoDb, type Mood } from './harness/failing-dynamodb.ts';
import { masked } from './harness/masked.ts';
import { exchangesOf, page, plain, section, tableRows } from './harness/pages.ts';
import { calleeOf, nodesOf, sourceFiles, textsOf, VALUE } from './harness/source-text.ts';

const errors = page('docs/errors.md');
const fields = section(errors, '## Errors of a field');
const serverErrors = page('packages/appsync-local/docs/errors.md');
const refusals = section(serverErrors, '## Requests that are refused');
const failing = section(serverErrors, '## Fields that fail');
const starts = section(serverErrors, '## When the local server does not start');

const unique = (values: Iterable<string>): string[] => [...new Set(values)].sort();

/** Arguments of every call of, or construction with, one of these names. */
const callsOf = (
  folder: string,
  ...names: string[]
): { file: string; text: string; args: ts.Expression[] }[] =>
  sourceFiles(folder).flatMap(({ file, tree }) =>
    nodesOf(tree)
      .filter((node) => names.includes(calleeOf(node) ?? ''))
      .map((node) => ({
        file,
        text: node.getText(),
        args: [...((node as ts.CallExpression).arguments ?? [])],
      })),
  );

describe('errors of a field', () => {
  /** `util.error(message, type, …)` or `refusal(type, code, message, …)`. */
  const raised = unique([
    ...callsOf('resolvers', 'error', 'appendError').flatMap(({ args }) => textsOf(args[1])),
    ...['model', 'resolvers', 'functions'].flatMap((folder) =>
      callsOf(folder, 'refusal').flatMap(({ args }) => textsOf(args[0])),
    ),
    ...(callsOf('model', 'badRequest').length > 0 ? ['BadRequest'] : []),
  ]);
  const headings = [...fields.text.matchAll(/^### `(\w+)`$/gm)].map(([, type]) => type!);
  const overview = tableRows(fields).flatMap(([cell = '']) =>
    /^`[A-Z][A-Za-z]+`$/.test(cell) ? [plain(cell)] : [],
  );

  test('every errorType that is raised has a section, and every section is of one that is raised', () => {
    expect(raised.length).toBeGreaterThan(5);
    expect(unique(headings)).toEqual(raised);
  });

  test('the overview has every errorType that is raised', () => {
    expect(overview).toEqual(expect.arrayContaining(raised));
  });

  test('every message is one that the source can make', () => {
    const made = ['model', 'resolvers', 'functions', 'schema'].flatMap((folder) =>
      sourceFiles(folder).flatMap(({ tree }) =>
        nodesOf(tree)
          .filter(ts.isExpression)
          .flatMap((node) => textsOf(node)),
      ),
    );
    const source = made.join('\n');
    const documented = headings.flatMap((type) =>
      tableRows(section(errors, `### \`${type}\``)).map(([cell = '']) => plain(cell)),
    );

    expect(documented.length).toBeGreaterThan(30);
    expect(
      documented.filter((message) => !message.split(VALUE).every((part) => source.includes(part))),
    ).toEqual([]);
  });

  test('every BadRequest is in the table', () => {
    const made = (callee: string) =>
      ['model', 'resolvers', 'functions'].flatMap((folder) => callsOf(folder, callee));
    const bad = [
      ...made('badRequest').flatMap(({ args }) => textsOf(args[1])),
      ...made('refusal')
        .filter(({ args }) => textsOf(args[0]).includes('BadRequest'))
        .flatMap(({ args }) => textsOf(args[2])),
    ];
    const documented = tableRows(section(errors, '### `BadRequest`')).map(([cell = '']) => plain(cell));

    expect(bad.length).toBeGreaterThan(8);
    expect(bad.filter((message) => !documented.includes(message))).toEqual([]);
  });
});

describe('the codes', () => {
  const inSource = Object.entries(CODES).flatMap(([type, codes]) =>
    Object.entries<string>(codes).map(([code, sentence]) => [
      code,
      type,
      (RETRYABLE as string[]).includes(code) ? 'yes' : 'no',
      sentence,
    ]),
  );
  const named = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, code]) => code!);

  test('the table is the one of the source', () => {
    const documented = tableRows(section(errors, '### Codes')).map((cells) => cells.map(plain));

    expect(documented).toEqual(inSource);
  });

  test('every one is raised', () => {
    const raised = ['model', 'resolvers', 'functions'].flatMap((folder) =>
      sourceFiles(folder)
        .filter(({ file }) => file !== 'model/refusal-codes.ts')
        .flatMap(({ tree }) =>
          nodesOf(tree)
            .filter(ts.isStringLiteralLike)
            .map(({ text }) => text),
        ),
    );

    expect(inSource.map(([code]) => code).filter((code) => !raised.includes(code!))).toEqual([]);
  });

  test('every message stands beside its code', () => {
    const rows = Object.keys(CODES).flatMap((type) => tableRows(section(errors, `### \`${type}\``)));
    const codesOf = new Map(rows.map(([message = '', codes = '']) => [plain(message), named(codes)]));
    const made = ['model', 'resolvers', 'functions'].flatMap((folder) => [
      ...callsOf(folder, 'badRequest').map(({ args }) => [args[0], args[1]] as const),
      ...callsOf(folder, 'refusal').map(({ args }) => [args[1], args[2]] as const),
    ]);
    const pairs = made.flatMap(([code, message]) => {
      const messages = textsOf(message);
      return messages.flatMap((text, at) => {
        const codes = textsOf(code);
        // A choice of as many codes as messages is the same choice.
        return codes.length === messages.length
          ? [[text, codes[at]!] as const]
          : codes.map((one) => [text, one] as const);
      });
    });

    expect(pairs.length).toBeGreaterThan(40);
    expect(pairs.filter(([text, code]) => codesOf.has(text) && !codesOf.get(text)!.includes(code))).toEqual(
      [],
    );
    expect([...codesOf].filter(([, codes]) => codes.length === 0)).toEqual([]);
  });
});

describe('the examples', () => {
  let dynamoDb: FailingDynamoDb;
  let server: LocalServer;
  const credentialsInEnvironment = {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: 'us-east-1',
  };
  const before = { ...process.env };

  beforeAll(async () => {
    Object.assign(process.env, credentialsInEnvironment);
    dynamoDb = await failingDynamoDb();
    const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
    server = await start(
      { port: 0, reset: false, dynamoDbEndpoint: dynamoDb.endpoint, translations: await keptCode() },
      quiet,
    );
  });

  afterAll(async () => {
    await server?.close();
    await dynamoDb?.close();
    process.env = before;
  });

  const send: ApiTarget['send'] = async (method, path, headers = {}, body) => {
    const request = memoryRequest({ method, path, headers: { host: 'localhost:4000', ...headers }, body });
    const response = await server.handle(request);
    return { status: response.status, headers: response.headers, body: response.body.toString() };
  };

  const URL_HERE = new URL('http://localhost:4000/graphql');
  const callerOf = (info: string): Credentials => {
    const name = /\bas (\w+)/.exec(info)?.[1];
    return name === undefined ? apiKey : name === 'IAM' ? iam : user(name);
  };

  test.each(
    exchangesOf(fields, 'graphql').map(({ asked, answer }) => [asked.text.trim(), asked.info, answer]),
  )('%s is answered as the page says', async (query, info, answer) => {
    const body = JSON.stringify({ query });
    const headers = await httpHeaders(localSecrets(send), callerOf(info), body, URL_HERE);
    dynamoDb.mood = (/while DynamoDB (\w+)/.exec(info)?.[1] ?? 'works') as Mood;

    const response = await send('POST', '/graphql', headers, body);

    expect(response.status).toBe(200);
    expect(masked(JSON.parse(response.body))).toEqual(masked(JSON.parse(answer)));
  });

  test('every errorType has an example', () => {
    const shown = exchangesOf(fields, 'graphql').flatMap(
      ({ answer }) => /"errorType": "(\w+)"/.exec(answer)?.[1] ?? [],
    );

    expect(unique(shown)).toEqual(
      unique([...fields.text.matchAll(/^### `(\w+)`$/gm)].map(([, type]) => type!)),
    );
  });

  test.each([
    ['an empty body', '', {}, 400, 'Request body is empty.'],
    ['a body that is no JSON', 'meow', {}, 400, 'Unable to parse GraphQL query.'],
    [
      'two operations',
      '{"query":"query A { __typename } query B { __typename }"}',
      {},
      400,
      'Missing operation name.',
    ],
    [
      'a subscription',
      '{"query":"subscription { onPutItem { id } }"}',
      {},
      400,
      'Subscriptions over MQTT is not supported.',
    ],
    ['a wrong key', '{}', { 'x-api-key': 'da2-wrong' }, 401, 'You are not authorized to make this call.'],
    ['no token', '{}', { authorization: 'nonsense' }, 401, 'Unable to parse JWT token.'],
    ['nothing', '{}', { 'x-api-key': undefined }, 401, 'Valid authorization header not provided.'],
    [
      'too much',
      'x'.repeat(1_100_000),
      {},
      413,
      'The request body is larger than 1,048,576 bytes; send less in one request.',
    ],
  ])('%s is refused as the table of refusals says', async (_, body, changed, status, message) => {
    const own = changed as Record<string, string | undefined>;
    const headers = 'authorization' in own ? own : { 'x-api-key': 'da2-localdevkey000000000000000', ...own };
    const sent = Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );

    const response = await send('POST', '/graphql', sent, body);

    const [entry] = (JSON.parse(response.body) as { errors: { errorType: string; message: string }[] })
      .errors;
    expect({ status: response.status, message: entry!.message }).toEqual({ status, message });
    const row = tableRows(refusals).find(
      ([code, type, text = '']) =>
        code === String(status) && plain(type!) === entry!.errorType && fits(plain(text), message),
    );
    expect(row).toBeDefined();
  });
});

/** Whether a text is the pattern with something in the place of each `…`. */
const fits = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.split(VALUE).map(escaped).join('.*')}$`, 's').test(text);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the table of refusals has every status, errorType and message the local server refuses with', () => {
  const inSource = callsOf('packages/appsync-local/src', 'RequestRefused').flatMap(
    ({ args: [status, type, message] }) => {
      const texts = textsOf(message);
      return textsOf(type).flatMap((errorType) =>
        (texts.length > 0 ? texts : ['']).map((text) => [status!.getText(), errorType, text] as const),
      );
    },
  );
  const documented = tableRows(refusals).map(([status = '', type = '', message = '']) => [
    status,
    plain(type),
    plain(message),
  ]);

  const missing = inSource.filter(
    ([status, type, text]) =>
      !documented.some((row) => row[0] === status && row[1] === type && (text === '' || row[2] === text)),
  );
  const gone = documented.filter(
    ([status, type]) => !inSource.some((refused) => refused[0] === status && refused[1] === type),
  );
  expect({ missing, gone }).toEqual({ missing: [], gone: [] });
});

test('every reason not to start is documented, and every documented one exists', () => {
  const inSource = [
    ...callsOf('packages/appsync-local/src', 'StartFailure').flatMap(({ args }) => textsOf(args[0])),
    ...callsOf('packages/appsync-local/src/template', 'add')
      .filter(({ text }) => text.startsWith('problems.add('))
      .flatMap(({ args }) => textsOf(args[0])),
  ];
  const documented = tableRows(starts).map(([cell = '']) => plain(cell));

  expect(inSource.length).toBeGreaterThan(60);
  expect(unique(documented)).toEqual(unique(inSource));
});

test('every reason for a field to fail here is documented, and every documented one exists', () => {
  const inSource = callsOf('packages/appsync-local/src', 'NotRunHere').flatMap(({ args }) =>
    textsOf(args[0]),
  );

  expect(inSource.length).toBeGreaterThan(6);
  expect(unique(tableRows(failing).map(([cell = '']) => plain(cell)))).toEqual(unique(inSource));
});
