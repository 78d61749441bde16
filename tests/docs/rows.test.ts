import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { memoryRequest } from '../../packages/appsync-local/src/http/memory-request.ts';
import { type LocalServer, start } from '../../packages/appsync-local/src/start/start.ts';
import { parseLine } from '../../transfer/format/parse-line.ts';
import { blockOf, exchangesOf, page } from './harness/pages.ts';

/*
 * The rows that docs/data-model.md and docs/transfer.md show are rows of the item that is put there, in each format.
 */

const dataModel = page('docs/data-model.md');
const transfer = page('docs/transfer.md');
const row = JSON.parse(blockOf(dataModel, 'json', 'row').text) as object;

test.each(['dynamodb-json', 'jsonl'])('the line of the format %s is the row of the data model', (format) => {
  const { text } = blockOf(transfer, 'text', format);

  const entry = parseLine(Buffer.from(text.trim()), { now: '2030-01-01T00:00:00.000Z', validated: true });

  expect(entry?.row).toEqual(row);
});

let server: LocalServer;

beforeAll(async () => {
  const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
  server = await start({ port: 0, reset: false }, quiet);
});

afterAll(() => server?.close());

test.each(
  exchangesOf(dataModel, 'graphql').map(({ asked, answer }) => [asked.line, asked.text, answer] as const),
)('line %i of the data model is answered as it says', async (_, query, answer) => {
  const headers = { host: 'localhost:4000', 'x-api-key': LOCAL_API_KEY };
  const body = JSON.stringify({ query });

  const response = await server.handle(memoryRequest({ method: 'POST', path: '/graphql', headers, body }));

  expect(JSON.parse(response.body.toString())).toEqual(JSON.parse(answer));
});
