import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { makeDirectory } from '../../ground/make-directory.ts';

/**
 * Cloud assemblies in one directory, each in a folder named after its fingerprint. A single rename makes a folder appear,
 * complete or not at all, so any number of servers may share the directory and be killed at any moment.
 */
export interface AssemblyStore {
  /** The folder of the assembly with this fingerprint; undefined if there is none. */
  find(fingerprint: string): string | undefined;
  /** An empty folder to synthesize into: a temporary one where the directory cannot be written, which nobody finds again. */
  begin(): string;
  /**
   * Gives a finished folder its name and removes old ones.
   * @param fingerprint undefined when the inputs changed meanwhile: the assembly is then used once and never found again
   * @returns the new folder of the assembly
   */
  keep(folder: string, fingerprint: string | undefined): string;
}

/** Assemblies that are not removed, because another server may still be running one of them. */
const KEPT = 4;

/** Age at which an unfinished folder counts as abandoned. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

const FINISHED = 'assembly-';
const BEGUN = 'synthesizing-';

export function createAssemblyStore(directory: string): AssemblyStore {
  const folderOf = (fingerprint: string): string => join(directory, `${FINISHED}${fingerprint.slice(0, 32)}`);
  return {
    find: (fingerprint) => {
      const folder = folderOf(fingerprint);
      if (!existsSync(join(folder, 'manifest.json'))) {
        return undefined;
      }
      touch(folder);
      return folder;
    },
    begin: () => {
      try {
        makeDirectory(directory);
        return mkdtempSync(join(directory, BEGUN));
      } catch {
        return temporaryFolder();
      }
    },
    keep: (folder, fingerprint) => {
      if (dirname(folder) !== directory) {
        return folder;
      }
      const name = fingerprint === undefined ? `${FINISHED}once-${basename(folder)}` : undefined;
      const kept = moveTo(folder, name === undefined ? folderOf(fingerprint!) : join(directory, name));
      touch(kept);
      clearAway(directory, kept);
      return kept;
    },
  };
}

/** For this process only, where the directory cannot be written: on a read-only disk, for example. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), BEGUN));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Moves a folder. If another server has made the same assembly first, its folder serves both. */
function moveTo(folder: string, target: string): string {
  try {
    renameSync(folder, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST' && code !== 'EPERM') {
      throw error;
    }
    if (!existsSync(join(target, 'manifest.json'))) {
      throw error;
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return target;
}

/** Sets the time of a folder, which is the time of its last use. */
function touch(folder: string): void {
  const now = new Date();
  try {
    utimesSync(folder, now, now);
  } catch {
    // On a read-only disk, for example. Only the order of removal suffers.
  }
}

function clearAway(directory: string, current: string): void {
  const folders = readdirSync(directory)
    .map((name) => ({ name, path: join(directory, name) }))
    .flatMap(({ name, path }) => {
      const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      return time === undefined ? [] : [{ name, path, time }];
    });
  const finished = folders
    .filter(({ name, path }) => name.startsWith(FINISHED) && path !== current)
    .sort((a, b) => b.time - a.time);
  const abandoned = folders.filter(
    ({ name, time }) => name.startsWith(BEGUN) && time < Date.now() - ABANDONED_AFTER_MS,
  );
  for (const { path } of [...finished.slice(KEPT - 1), ...abandoned]) {
    rmSync(path, { recursive: true, force: true });
  }
}
