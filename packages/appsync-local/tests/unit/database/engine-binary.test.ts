import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { dynamoDbLocal } from '../../../src/database/dynamodb-local.ts';
import { findEngineBinary } from '../../../src/database/engine-binary.ts';

test('finds the program of this platform’s package', () => {
  expect(findEngineBinary({}, 'linux-x64')).toMatch(/@dynoxide\/linux-x64\/dynoxide$/);
});

test('finds none where there is no package', () => {
  expect(findEngineBinary({}, 'sunos-sparc')).toBeNull();
});

test('takes the program that APPSYNC_LOCAL_DYNOXIDE names', () => {
  expect(findEngineBinary({ APPSYNC_LOCAL_DYNOXIDE: process.execPath }, 'sunos-sparc')).toBe(
    process.execPath,
  );
});

test('needs Java to run DynamoDB Local', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-java-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('PATH', folder);
  writeFileSync(join(folder, 'DynamoDBLocal.jar'), '');

  expect(dynamoDbLocal({ DYNAMODB_LOCAL_JAR: folder })).toBeNull();
});

test('says so when DYNAMODB_LOCAL_JAR names nothing', () => {
  expect(() => dynamoDbLocal({ DYNAMODB_LOCAL_JAR: '/no/such/place' })).toThrow(
    'DYNAMODB_LOCAL_JAR names /no/such/place, which has no DynamoDBLocal.jar in it; correct or unset it',
  );
});

test('starts Java on the jar, bound by its own port, and waits for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'java-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  writeFileSync(join(folder, 'DynamoDBLocal.jar'), '');
  writeFileSync(join(folder, 'java'), fakeJava);
  chmodSync(join(folder, 'java'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);

  const launch = dynamoDbLocal({ DYNAMODB_LOCAL_JAR: folder })!;
  const { start, sweepExpiredItems } = await launch({
    directory: folder,
    address: { host: '127.0.0.1', port },
    temporary: false,
    log,
  });
  const engine = await start();
  onTestFinished(() => engine.stop());

  const printed = await fetch(`http://127.0.0.1:${port}`).then((response) => response.text());
  expect(JSON.parse(printed)).toEqual([
    `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
    '-jar',
    join(folder, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    '-dbPath',
    folder,
  ]);
  expect(sweepExpiredItems).toBeUndefined();
  expect(lines[0]).toContain('cannot be bound to loopback alone');
});

/** Prints DynamoDB Local's banner at once, binds its port a little later and answers its own arguments. */
const fakeJava = `#!${process.execPath}
const args = process.argv.slice(2);
if (args[0] === '-version') process.exit(0);
console.log('CorsParams: null');
const answer = (_, response) => response.end(JSON.stringify(args));
setTimeout(() => require('node:http').createServer(answer).listen(Number(args[4]), '127.0.0.1'), 150);
`;
