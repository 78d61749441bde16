import { spawnSync } from 'node:child_process';
import { type Server, start } from 'appsync-local';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, errorOf } from '../harness/answers.ts';

const hasCdk = spawnSync('python3', ['-c', 'import aws_cdk']).status === 0;
if (!hasCdk) {
  console.warn(
    'the app in Python is not tested: python3 has no aws_cdk; pip install -r examples/links/requirements.txt',
  );
}

describe.skipIf(!hasCdk)('a CDK app in Python', () => {
  let server: Server;
  beforeAll(async () => {
    server = await start({ app: import.meta.dirname });
  });
  afterAll(() => server?.close());

  const shorten = async (url: string): Promise<{ code: string; url: string; visits: number }> => {
    const answer = await server.graphql(
      'mutation ($url: AWSURL!) { shorten(url: $url) { code url visits } }',
      { url },
    );
    return dataOf(answer).shorten;
  };

  it('gets a code of a Python function, and keeps it in the table', async () => {
    const link = await shorten('https://example.com/one');

    expect(link).toEqual({
      code: expect.stringMatching(/^[\w-]{7}$/),
      url: 'https://example.com/one',
      visits: 0,
    });
    expect(
      dataOf(await server.graphql('query ($code: ID!) { link(code: $code) { url } }', { code: link.code })),
    ).toEqual({
      link: { url: 'https://example.com/one' },
    });
  });

  it('counts visits, and keeps them when the URL is shortened again', async () => {
    const { code } = await shorten('https://example.com/two');

    await server.graphql('mutation ($code: ID!) { visit(code: $code) { visits } }', { code });

    expect(await shorten('https://example.com/two')).toMatchObject({ code, visits: 1 });
  });

  it('answers an error of its own, and the exception of the function', async () => {
    expect(errorOf(await server.graphql('mutation { visit(code: "none") { visits } }'))).toMatchObject({
      errorType: 'NotFound',
      message: 'There is no link none',
    });
    expect(errorOf(await server.graphql('mutation { shorten(url: "file:/tmp") { code } }'))).toMatchObject({
      errorType: 'Lambda:Unhandled',
      message: 'file:/tmp has no host',
    });
  });
});
