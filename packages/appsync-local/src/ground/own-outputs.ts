import { fstatSync, type Stats, statSync } from 'node:fs';

/**
 * Lists the files that this process prints to, as with `> dev.log`.
 *
 * @param descriptors of files, terminals or pipes. @default standard output and standard error
 */
export function ownOutputs(descriptors: readonly number[] = [1, 2]): (path: string) => boolean {
  const outputs = new Set(descriptors.flatMap((output) => identityOf(() => fstatSync(output)) ?? []));
  return (path) => {
    const identity = outputs.size > 0 ? identityOf(() => statSync(path)) : undefined;
    return identity !== undefined && outputs.has(identity);
  };
}

/** Of a file; undefined for terminals and pipes, for what is gone, and where files have no numbers. */
function identityOf(look: () => Stats): string | undefined {
  try {
    const stats = look();
    return stats.isFile() && stats.ino !== 0 ? `${stats.dev} ${stats.ino}` : undefined;
  } catch {
    return undefined;
  }
}
