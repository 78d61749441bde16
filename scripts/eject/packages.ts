/*
 * Which packages of package.json only the removed parts used. Where that is in doubt, a package stays: one that no code ever named is used in a way
 * that is not seen here, by a script or a configuration.
 */

/** What is known of an installed package. */
export interface Installed {
  peerDependencies?: Record<string, string>;
  /** Programs, by the names under which scripts run them. */
  bin?: Record<string, string>;
}

/** What the project names. */
export interface Named {
  /** Packages, in code as it was. */
  before: ReadonlySet<string>;
  /** Packages, in the code that is left. */
  after: ReadonlySet<string>;
  /** The words of the scripts that are left. */
  commands: ReadonlySet<string>;
}

/** A package's name at the beginning of a text in quotes, or of a path below `node_modules`. */
const NAME = /(?:['"]|\bnode_modules\/)(?!node_modules\/)((?:@[\w.-]+\/)?[\w.-]+)(?=['"/])/g;

/** The names in a file that may be those of packages. */
export const namesIn = (text: string): string[] => [...text.matchAll(NAME)].map(([, name]) => name!);

/**
 * The packages that were named and are not any more, and the peers that only these asked for.
 *
 * @param packages all that package.json asks for
 */
export function unusedPackages(packages: Readonly<Record<string, Installed>>, named: Named): string[] {
  const names = Object.keys(packages);
  const peersOf = (some: readonly string[]): Set<string> =>
    new Set(some.flatMap((name) => Object.keys(packages[name]!.peerDependencies ?? {})));
  const isRun = (name: string): boolean =>
    Object.keys(packages[name]!.bin ?? {}).some((bin) => named.commands.has(bin));
  const unnamed = names.filter((name) => !named.after.has(moduleOf(name)) && !isRun(name));
  const dropped = unnamed.filter((name) => named.before.has(moduleOf(name)));
  const theirPeers = peersOf(dropped);
  return withoutPeers(
    unnamed.filter((name) => dropped.includes(name) || theirPeers.has(name)),
    (unused) => peersOf(names.filter((name) => !unused.includes(name))),
  );
}

/** Of the unused, those that nothing which stays has as its peer; what stays by that has peers, too. */
function withoutPeers(
  unused: readonly string[],
  neededBesides: (unused: readonly string[]) => ReadonlySet<string>,
): string[] {
  const needed = neededBesides(unused);
  const left = unused.filter((name) => !needed.has(name));
  return left.length === unused.length ? left : withoutPeers(left, neededBesides);
}

/** Types go with what they are the types of. */
const moduleOf = (name: string): string => name.replace(/^@types\/(?!node$)/, '');
