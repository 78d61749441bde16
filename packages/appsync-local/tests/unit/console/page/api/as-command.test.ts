import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

describe('a request as a command', () => {
  const exchange = {
    operation: { query: `{ it's(a: "b\\n$HOME") }` },
    body: `{"query":"{ it's(a: \\"b\\\\n$HOME\\") }"}`,
    headers: { 'x-amz-date': 'now', Authorization: 'AWS4-HMAC-SHA256 …', 'x-trace': "it's" },
  };

  it('for a shell keeps every character, and lets curl sign', async () => {
    const { asCurl } = await pageModule('api/as-command.ts');
    const caller = { curlOptions: ["--aws-sigv4 'aws:amz:r:appsync'"] };

    const command = String(asCurl!({ ...exchange, caller }, 'http://localhost:4000/graphql'));

    const words = execFileSync('sh', ['-c', command.replace('curl', String.raw`printf '%s\n'`)], {
      encoding: 'utf8',
    });
    expect(words.split('\n')).toEqual([
      'http://localhost:4000/graphql',
      '--aws-sigv4',
      'aws:amz:r:appsync',
      '-H',
      "x-trace: it's",
      '--data-raw',
      exchange.body,
      '',
    ]);
  });

  it('for JavaScript says that a signature expires', async () => {
    const { asFetch } = await pageModule('api/as-command.ts');

    expect(asFetch!({ ...exchange, caller: { curlOptions: [] } }, '/graphql')).toMatch(
      /^\/\/ The signature expires/,
    );
    expect(asFetch!({ ...exchange, caller: {} }, '/graphql')).toMatch(
      /^const response = await fetch\("\/graphql"/,
    );
  });
});
