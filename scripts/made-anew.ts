/** Folders that a build or an installation makes anew, wherever they lie. */
export const MADE_ANEW: ReadonlySet<string> = new Set([
  '.git',
  '.local',
  'cdk.out',
  'coverage',
  'dist',
  'node_modules',
]);

/** Whether a path is, or lies in, what a build or an installation makes anew. */
export const isMadeAnew = (path: string): boolean => path.split('/').some((name) => MADE_ANEW.has(name));
