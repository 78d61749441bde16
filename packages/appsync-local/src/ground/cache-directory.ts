import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const NAME = 'appsync-local';

/**
 * The folder that keeps a project's cloud assemblies and checked code to make the next start faster: below its `node_modules`,
 * as in other tools, because Lambda functions of an assembly find the project's packages above them; the user's own cache for a
 * project without `node_modules`.
 */
export function cacheDirectory(project = '.', environment: NodeJS.ProcessEnv = process.env): string {
  for (let at = resolve(project); ; at = dirname(at)) {
    const modules = join(at, 'node_modules');
    if (existsSync(modules)) {
      return join(modules, '.cache', NAME);
    }
    if (dirname(at) === at) {
      return userCacheDirectory(environment);
    }
  }
}

/** The folder for what all projects of a user share. */
export const userCacheDirectory = (environment: NodeJS.ProcessEnv = process.env): string =>
  join(userCache(environment), NAME);

/** A path for people: `~` for their home. */
export const fromHome = (path: string): string =>
  path.startsWith(homedir()) ? `~${path.slice(homedir().length)}` : path;

/**
 * Where the cloud assemblies of one project are kept. Several projects may share a `node_modules`, and each keeps only its newest
 * assemblies: in one folder, they would remove those that servers of the others are running.
 */
export function assembliesDirectory(project = '.', environment?: NodeJS.ProcessEnv): string {
  const path = resolve(project);
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return join(cacheDirectory(project, environment), 'assemblies', `${basename(path)}-${hash}`);
}

/** By platform: `XDG_CACHE_HOME` (XDG Base Directory Specification), `~/Library/Caches`, `%LOCALAPPDATA%`. */
function userCache({ XDG_CACHE_HOME, LOCALAPPDATA }: NodeJS.ProcessEnv): string {
  if (XDG_CACHE_HOME) {
    return XDG_CACHE_HOME;
  }
  if (process.platform === 'win32' && LOCALAPPDATA) {
    return LOCALAPPDATA;
  }
  return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
}
