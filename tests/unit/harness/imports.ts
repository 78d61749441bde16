import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** From a file to each file that it imports, types included; paths are relative to the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The imports among the sources below a folder. */
export function importsBelow(root: string): Imports {
  const files = sourcesBelow(root);
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
      const targets = importedFiles.map(({ fileName }) => posix.join(posix.dirname(file), fileName));
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
}

const sourcesBelow = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /(?<!\.d)\.(ts|mjs)$/.test(file) && !file.includes('node_modules/'))
    .sort();

/**
 * Cycles among the files and folders that lie side by side, at every depth: `a/one.ts -> b/two.ts` and `b/three.ts -> a/four.ts` are a
 * cycle of the folders a and b, though no file is in one.
 * @returns each as `folder: name -> name -> name`, starting anywhere
 */
export function cyclesIn(imports: Imports): string[] {
  const folders = new Set([...imports.keys()].flatMap(foldersAbove));
  return [...folders].sort().flatMap((folder) => {
    const cycle = cycleIn(neighboursIn(folder, imports));
    return cycle ? [`${folder}: ${cycle.join(' -> ')}`] : [];
  });
}

/** `a/b/c.ts` lies in `.`, `a` and `a/b`. */
function foldersAbove(file: string): string[] {
  const folder = posix.dirname(file);
  return folder === '.' ? ['.'] : [...foldersAbove(folder), folder];
}

/** Imports between what lies in one folder, each of its folders taken as a whole. */
function neighboursIn(folder: string, imports: Imports): Map<string, Set<string>> {
  const neighbours = new Map<string, Set<string>>();
  const memberOf = (file: string): string | undefined => {
    const below = posix.relative(folder, file);
    return below.startsWith('..') ? undefined : below.split('/')[0];
  };
  for (const [file, targets] of imports) {
    const from = memberOf(file);
    for (const to of from === undefined ? [] : targets.map(memberOf)) {
      if (to !== undefined && to !== from) {
        neighbours.set(from!, (neighbours.get(from!) ?? new Set()).add(to));
      }
    }
  }
  return neighbours;
}

/** Depth first; what has been left without a cycle is not walked again. */
function cycleIn(neighbours: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, path: string[]): string[] | undefined => {
    if (path.includes(node)) {
      return [...path.slice(path.indexOf(node)), node];
    }
    if (done.has(node)) {
      return undefined;
    }
    for (const next of neighbours.get(node) ?? []) {
      const cycle = walk(next, [...path, node]);
      if (cycle) {
        return cycle;
      }
    }
    done.add(node);
    return undefined;
  };
  for (const node of neighbours.keys()) {
    const cycle = walk(node, []);
    if (cycle) {
      return cycle;
    }
  }
  return undefined;
}
