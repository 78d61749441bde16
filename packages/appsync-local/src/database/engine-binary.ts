import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import { fetchedBinary, programIn } from './engine-package.ts';

const require = createRequire(import.meta.url);

/** `darwin-arm64` */
export const PLATFORM = `${process.platform}-${process.arch}`;

/**
 * The engine's program for this platform: `APPSYNC_LOCAL_DYNOXIDE` if set, else the one in `@dynoxide/<platform>-<arch>`,
 * installed with this package or fetched by an earlier start.
 *
 * @returns null when no package for this platform is at hand.
 * @throws StartFailure when the variable names no file.
 */
export function findEngineBinary(
  environment: NodeJS.ProcessEnv = process.env,
  platform = PLATFORM,
): string | null {
  const named = environment.APPSYNC_LOCAL_DYNOXIDE;
  if (named && !existsSync(named)) {
    throw new StartFailure(
      `APPSYNC_LOCAL_DYNOXIDE names ${named}, which does not exist; correct or unset it`,
    );
  }
  return named || packagedBinary(platform) || fetchedBinary(platform, environment);
}

function packagedBinary(platform: string): string | null {
  try {
    return programIn(dirname(require.resolve(`@dynoxide/${platform}/package.json`)), platform);
  } catch {
    return null;
  }
}
