/*
 * package.json, which can have no marks.
 */

interface Manifest {
  scripts: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** What goes from a manifest. */
export interface GoneFromManifest {
  scripts: ReadonlySet<string>;
  packages: readonly string[];
  /** Whether a path below the project's root is removed. */
  file(path: string): boolean;
}

/** The manifest without these scripts and packages, and without the steps of scripts, divided by `&&`, that name a file which is gone. */
export function manifestWithout(text: string, gone: GoneFromManifest): string {
  const manifest = JSON.parse(text) as Manifest;
  const scripts = Object.entries(manifest.scripts)
    .filter(([name]) => !gone.scripts.has(name))
    .map(([name, command]) => [name, commandWithout(command, gone.file)]);
  const left = { ...manifest, scripts: Object.fromEntries(scripts) as Manifest['scripts'] };
  for (const list of ['dependencies', 'devDependencies'] as const) {
    if (left[list]) {
      left[list] = Object.fromEntries(
        Object.entries(left[list]).filter(([name]) => !gone.packages.includes(name)),
      );
    }
  }
  return `${JSON.stringify(left, null, 2)}\n`;
}

const commandWithout = (command: string, isGone: GoneFromManifest['file']): string =>
  command
    .split(' && ')
    .filter((step) => !step.split(' ').some(isGone))
    .join(' && ');

/** The packages that a manifest asks for. */
export function packagesOf(text: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Manifest;
  return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
}

/** The words of its scripts, among them the programs that they run. */
export function commandsOf(text: string): Set<string> {
  const { scripts } = JSON.parse(text) as Manifest;
  return new Set(Object.values(scripts).flatMap((command) => command.split(/\s+/)));
}
