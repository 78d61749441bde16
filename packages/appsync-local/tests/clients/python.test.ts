import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, test } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { GET_ITEM, itemOf, ON_ITEM_CHANGE, ON_PUT_ITEM, PAYLOAD, PUT_ITEM } from './harness/operations.ts';
import { missingInPython, python } from './harness/python.ts';
import { serverForClients } from './harness/server.ts';

const missing = missingInPython('gql', 'aiohttp', 'websockets', 'botocore', 'awscli');
if (missing) {
  console.warn(`gql and the AWS CLI are not tested: ${missing}`);
  test.skip(`gql and the AWS CLI (${missing})`);
}

const CLIENT = fileURLToPath(new URL('python/client.py', import.meta.url));
const CODE =
  'export const request = (ctx) => ({ payload: ctx.args.id });\nexport const response = () => null;\n';

type Secret = string | [accessKeyId: string, secretAccessKey: string];

const isItems = (tableName: string): boolean => tableName.includes('-DataItems');

/** @returns what the program printed as JSON */
async function runPython(args: string[], variables: NodeJS.ProcessEnv): Promise<unknown> {
  const env = { ...process.env, ...variables };
  const { stdout } = await promisify(execFile)(python, args, { env, timeout: 55_000 });
  return JSON.parse(stdout);
}

describe.skipIf(missing)('a client in Python', () => {
  const server = serverForClients();

  /** A caller for `client.py`. @param scheme of the URL that gql's real-time transport is given */
  const callerOf = (
    scheme: string,
    mode: string,
    secret: Secret,
    id: string,
    { query } = ON_PUT_ITEM,
  ): object => ({
    mode,
    secret,
    realtimeUrl: server.graphqlUrl().replace('http:', scheme),
    put: PUT_ITEM,
    get: GET_ITEM,
    subscription: query,
    input: { id, payload: PAYLOAD },
    variables: { id },
  });

  it('on gql writes, reads and is told of changes, as every caller', async () => {
    const iam: Secret = [LOCAL_CREDENTIALS.accessKeyId, LOCAL_CREDENTIALS.secretAccessKey];
    const callers = [
      callerOf('ws:', 'apiKey', LOCAL_API_KEY, 'gql-key', ON_ITEM_CHANGE), // part: change-feed
      callerOf('https:', 'apiKey', LOCAL_API_KEY, 'gql-tls', ON_ITEM_CHANGE), // part: change-feed
      callerOf('ws:', 'userPool', await server.token('alice'), 'gql-alice'),
      callerOf('ws:', 'iam', iam, 'gql-iam'),
      callerOf('ws:', 'apiKey', 'da2-wrong', 'gql-wrong'),
      callerOf('http:', 'apiKey', LOCAL_API_KEY, 'gql-http', ON_ITEM_CHANGE), // part: change-feed
    ];

    const answers = await runPython([CLIENT, server.graphqlUrl(), JSON.stringify(callers)], {
      SSL_CERT_FILE: server.caFile(),
    });

    const answerTo = (id: string, owner: string | null, subscription = ON_PUT_ITEM): object => {
      const item = itemOf(id, owner);
      return { put: { putItem: item }, get: { getItem: item }, received: subscription.eventOf(item) };
    };
    expect(answers).toEqual([
      answerTo('gql-key', null, ON_ITEM_CHANGE), // part: change-feed
      answerTo('gql-tls', null, ON_ITEM_CHANGE), // part: change-feed
      answerTo('gql-alice', 'alice'),
      answerTo('gql-iam', null),
      { error: expect.stringContaining('UnauthorizedException') },
      // part: change-feed
      // gql makes wss:// of https:// and leaves http:// alone, which is no URL of a WebSocket to it.
      { error: 'Connect failed' },
      // end: change-feed
    ]);
  });

  /** Runs the AWS CLI with credentials that the server does not know: it asks for none here. */
  const aws = (...args: string[]): Promise<unknown> =>
    runPython(['-m', 'awscli', ...args, '--output', 'json'], {
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_DEFAULT_REGION: 'us-east-1',
    });

  it('is the AWS CLI, which evaluates resolvers and reads what was written', async () => {
    const dynamoDb = <Answer>(...args: string[]): Promise<Answer> =>
      aws('dynamodb', ...args, '--endpoint-url', server.dynamoDbUrl()) as Promise<Answer>;

    const [evaluated, { TableNames: tables }] = await Promise.all([
      aws(
        ...['appsync', 'evaluate-code', '--endpoint-url', server.origin(), '--function', 'request'],
        ...['--runtime', 'name=APPSYNC_JS,runtimeVersion=1.0.0', '--code', CODE],
        ...['--context', '{"arguments": {"id": "desk-1"}}'],
      ),
      dynamoDb<{ TableNames: string[] }>('list-tables'),
    ]);
    const items = await dynamoDb<{ Items: object[] }>('scan', '--table-name', tables.find(isItems) ?? 'none');

    expect(evaluated).toMatchObject({ evaluationResult: '{"payload":"desk-1"}' });
    expect(items.Items).toContainEqual(expect.objectContaining({ id: { S: 'gql-alice' } }));
  });
});
