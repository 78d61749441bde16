import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asksForSdkV2, fetchSdkV2 } from '../../../src/lambda/fetched-sdk-v2.ts';

test.each([
  ['const AWS = require("aws-sdk");', true],
  ["import DynamoDB from 'aws-sdk/clients/dynamodb';", true],
  ['var s=__toESM(require("aws-sdk/lib/core"))', true],
  ["import { DynamoDBClient } from '@aws-sdk/client-dynamodb';", false],
  ['const name = "aws-sdk-mock";', false],
])('finds whether code asks for the package: %s', (text, asks) => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'lib'));
  writeFileSync(join(directory, 'lib', 'index.js'), text);

  expect([asksForSdkV2({ fileName: 'index.js', text }), asksForSdkV2({ directory })]).toEqual([asks, asks]);
});

test('leaves out what packages of the function ask for, as they bring it along', () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'node_modules', 'old'), { recursive: true });
  writeFileSync(join(directory, 'node_modules', 'old', 'index.js'), 'require("aws-sdk")');

  expect(asksForSdkV2({ directory })).toBe(false);
});

test('says offline why the package is not there, and lets the server start', async () => {
  const cache = temporaryFolder();
  const lines: string[] = [];
  const environment = {
    PATH: '/bin:/usr/bin',
    HOME: cache,
    XDG_CACHE_HOME: cache,
    npm_config_cache: join(cache, 'npm'),
    npm_config_registry: 'http://127.0.0.1:9',
    npm_config_fetch_retries: '0',
  };

  await fetchSdkV2((line) => lines.push(line), undefined, environment);

  expect(lines).toEqual([
    expect.stringMatching(/^fetching the AWS SDK v2 .*, once: aws-sdk@2\.\d+\.0, about 12 MB, into .* …$/),
    expect.stringMatching(/^the AWS SDK v2 cannot be downloaded: ECONNREFUSED/),
  ]);
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-v2-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
