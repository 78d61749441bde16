/*
 * package.json and package-lock.json, which can have no marks.
 */

interface Manifest {
  scripts: Record<string, string>;
}

interface Lock {
  packages: Record<string, { resolved?: string }>;
}

/** @param isGone whether a path below the project's root is removed */
type IsGone = (path: string) => boolean;

/** The manifest without these scripts, and without the steps of others, divided by `&&`, that name a file which is gone. */
export function manifestWithout(text: string, scripts: ReadonlySet<string>, isGone: IsGone): string {
  const manifest = JSON.parse(text) as Manifest;
  const left = Object.entries(manifest.scripts)
    .filter(([name]) => !scripts.has(name))
    .map(([name, command]) => [name, commandWithout(command, isGone)]);
  return asJson({ ...manifest, scripts: Object.fromEntries(left) as Manifest['scripts'] });
}

const commandWithout = (command: string, isGone: IsGone): string =>
  command
    .split(' && ')
    .filter((step) => !step.split(' ').some(isGone))
    .join(' && ');

/** The lock without the workspaces that are gone. What only they needed stays in it until `npm install` drops it. */
export function lockWithout(text: string, isGone: IsGone): string {
  const lock = JSON.parse(text) as Lock;
  const left = Object.entries(lock.packages).filter(
    ([path, { resolved = '' }]) => !(path && isGone(path)) && !(resolved && isGone(resolved)),
  );
  return asJson({ ...lock, packages: Object.fromEntries(left) });
}

const asJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
