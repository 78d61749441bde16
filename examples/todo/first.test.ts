import { type Server, start } from 'appsync-local';
import { afterAll, beforeAll, expect, it } from 'vitest';

let server: Server;
beforeAll(async () => {
  server = await start({ app: import.meta.dirname });
});
afterAll(() => server?.close());

it('creates a list', async () => {
  const { data } = await server.graphql('mutation { createList(name: "Garden") { name } }');

  expect(data).toEqual({ createList: { name: 'Garden' } });
});
