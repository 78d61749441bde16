import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { askKinds, askSchema } from '../../../../schema/front-end/ask-api.ts';

let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
let api: { url: string; headers: Record<string, string> };

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, headers: {} };
});
afterAll(() => server.close());

function answers(status: number, body: unknown): void {
  answer = (response) =>
    response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}

it.each([
  [
    'introspection that is off',
    200,
    {
      data: null,
      errors: [
        { message: "Validation error of type FieldUndefined: Field '__schema' in type 'Query' is undefined" },
      ],
    },
    /answers no introspection .*: leave --url out, .* download its schema .* --schema api\.graphql/s,
  ],
  [
    'credentials',
    401,
    { errors: [{ errorType: 'UnauthorizedException', message: 'Token has expired.' }] },
    /refuses the credentials \(Token has expired\.\): give --api-key KEY or --token TOKEN/,
  ],
  ['what is not GraphQL', 200, '<!doctype html>', /status 200 and no content type, which is not GraphQL/],
  [
    'a URL that is not the API',
    404,
    { message: 'no such page' },
    /status 404 .* not GraphQL: .* ends with \/graphql/,
  ],
  ['what answers null', 200, 'null', /which is not GraphQL/],
])('says what to do about %s', async (_, status, body, message) => {
  answers(status, body);

  await expect(askSchema(api)).rejects.toThrow(message);
});

it('says that nobody answers', async () => {
  const nobody = { url: 'http://127.0.0.1:1/graphql', headers: {} };

  await expect(askSchema(nobody)).rejects.toThrow(/cannot be reached \(.+\): is the server running/);
});

// part: validated-items
it('takes no kind whose name would lead out of the folder', async () => {
  answers(200, { data: { itemKinds: [{ kind: '../evil', schema: '{}' }] } });

  await expect(askKinds(api)).rejects.toThrow('has a kind called "../evil"');
});
// end: validated-items
