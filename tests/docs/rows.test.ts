import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOCAL_API_KEY } from '../../packages/appsync-local/src/ground/local-credentials.ts';
import { memoryRequest } from '../../packages/appsync-local/src/http/memory-request.ts';
import { type LocalServer, start } from '../../packages/appsync-local/src/start/start.ts';
import { keptCode } from '../../packages/appsync-local/tests/harness/kept-code.ts';
import { exchangesOf, page } from './harness/pages.ts';

/*
 * What docs/data-model.md shows of the API is answered as it says.
 */

const dataModel = page('docs/data-model.md');

let server: LocalServer;

beforeAll(async () => {
  const quiet = { progress: () => undefined, line: () => undefined, lambda: () => undefined };
  server = await start({ port: 0, reset: false, translations: await keptCode() }, quiet);
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
