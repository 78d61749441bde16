import { afterEach, expect, test } from 'vitest';
import { type GatedEngine, type JudgeCall, openDynamoDbGate } from '../../../src/http/dynamodb-gate.ts';
import type { PassThrough } from '../../../src/http/forward.ts';

const HEAD =
  'HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-requestid: ABC\r\nx-amz-crc32: 17\r\nserver: Engine';
const BODY = '{"Item":{"id":{"S":"Grüße"}}}';

const opened: PassThrough[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gate) => gate.close()));
});

/** A gate in front of an engine that gives one answer, or none. */
async function start({
  judge = () => 'allowed',
  answers = true,
}: { judge?: JudgeCall; answers?: boolean } = {}) {
  const posted: { headers: string[]; body: string }[] = [];
  const engine: GatedEngine = {
    async post(headers, body) {
      posted.push({ headers, body });
      if (!answers) {
        throw new Error('connect ECONNREFUSED 127.0.0.1:8000');
      }
      return { statusCode: 200, head: HEAD, body: BODY };
    },
    async close() {},
  };
  const gate = await openDynamoDbGate(engine, judge);
  opened.push(gate);
  const call = (body: string) =>
    fetch(gate.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.GetItem',
        'x-amz-date': '20261130T000000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=ASIAKEY/20261130/us-east-1/dynamodb/aws4_request',
        'x-own': 'stays',
      },
      body,
    });
  return { call, posted };
}

test('asks whether the caller may, and hands on what the engine needs', async () => {
  const judged: unknown[] = [];
  const judge: JudgeCall = (...asked) => {
    judged.push(asked);
    return 'allowed';
  };
  const { call, posted } = await start({ judge });

  await call('{"TableName":"Grüße"}');

  expect(judged).toEqual([['ASIAKEY', 'GetItem', { TableName: 'Grüße' }]]);
  expect(posted).toEqual([
    {
      headers: [
        ...['content-type', 'application/x-amz-json-1.0'],
        ...['x-amz-target', 'DynamoDB_20120810.GetItem'],
        ...['x-amz-date', '20261130T000000Z'],
        ...['authorization', 'AWS4-HMAC-SHA256 Credential=ASIAKEY/20261130/us-east-1/dynamodb/aws4_request'],
      ],
      body: '{"TableName":"Grüße"}',
    },
  ]);
});

test('answers as the engine does, with the headers that clients of AWS read', async () => {
  const { call } = await start();

  const answer = await call('{}');

  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe(BODY);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/x-amz-json-1.0',
    'content-length': String(Buffer.byteLength(BODY)),
    'x-amzn-requestid': 'ABC',
    'x-amz-crc32': '17',
  });
});

test.each<[string, ReturnType<JudgeCall>, string]>([
  ['an unknown caller', 'unknown-caller', 'UnrecognizedClientException'],
  ['a call that the role does not allow', { refused: 'not authorized' }, 'AccessDeniedException'],
])('%s does not reach the engine', async (_, verdict, type) => {
  const { call, posted } = await start({ judge: () => verdict });

  const answer = await call('{}');

  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain(type);
  expect(posted).toEqual([]);
});

test('an engine that does not answer is a failure that clients try again', async () => {
  const { call } = await start({ answers: false });

  const answer = await call('{}');

  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('ServiceUnavailable');
});
