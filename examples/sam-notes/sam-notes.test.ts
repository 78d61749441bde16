import { join } from 'node:path';
import { type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, errorOf } from '../harness/answers.ts';

const template = join(import.meta.dirname, 'template.yaml');

let server: Server;
beforeAll(async () => {
  server = await start({ template });
});
afterAll(() => server?.close());

const PUT = 'mutation ($id: ID!, $text: String!) { putNote(id: $id, text: $text) { id text } }';
const TEXT = 'milk, bread and some of the good cheese';

describe('an app of a SAM template', () => {
  it('keeps notes in a SimpleTable', async () => {
    await server.graphql(PUT, { id: '1', text: TEXT });

    expect(dataOf(await server.graphql('{ note(id: "1") { text } none: note(id: "0") { text } }'))).toEqual({
      note: { text: TEXT },
      none: null,
    });
  });

  it('asks a Lambda function after an AppSync function, and the function asks the table', async () => {
    await server.graphql(PUT, { id: '2', text: TEXT });

    expect(dataOf(await server.graphql('{ summary(id: "2") }'))).toEqual({ summary: 'milk, bread and …' });
  });

  it('answers an error of its own', async () => {
    expect(errorOf(await server.graphql('{ summary(id: "0") }'))).toMatchObject({
      errorType: 'NotFound',
      message: 'There is no note 0',
    });
  });
});

it('takes another value of a parameter', async () => {
  const other = await start({ template, parameters: { Style: 'long' } });

  await other.graphql(PUT, { id: '1', text: TEXT });
  const answer = await other.graphql('{ summary(id: "1") }');

  await other.close();
  expect(dataOf(answer)).toEqual({ summary: TEXT });
});
