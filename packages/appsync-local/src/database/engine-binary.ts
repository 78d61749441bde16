import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';

const require = createRequire(import.meta.url);

/**
 * The engine's program for this platform: `APPSYNC_LOCAL_DYNOXIDE` if set, else the one in `@dynoxide/<platform>-<arch>`.
 *
 * @returns null when no package for this platform is installed.
 * @throws StartFailure when the variable names no file.
 */
export function findEngineBinary(
  environment: NodeJS.ProcessEnv = process.env,
  platform = `${process.platform}-${process.arch}`,
): string | null {
  const named = environment.APPSYNC_LOCAL_DYNOXIDE;
  if (named && !existsSync(named)) {
    throw new StartFailure(
      `APPSYNC_LOCAL_DYNOXIDE names ${named}, which does not exist; correct or unset it`,
    );
  }
  return named || packagedBinary(platform);
}

function packagedBinary(platform: string): string | null {
  try {
    const manifest = require.resolve(`@dynoxide/${platform}/package.json`);
    const program = join(dirname(manifest), platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide');
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}
