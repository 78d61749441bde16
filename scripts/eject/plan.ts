import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MADE_ANEW } from '../made-anew.ts';
import { withPortsInOrder } from './launch-file.ts';
import { type Gone, withoutLinks } from './links.ts';
import { lockWithout, manifestWithout } from './manifests.ts';
import { mayHaveMarks, withoutMarks, withoutPassages } from './marks.ts';
import { COMMAND, type Part } from './parts.ts';
import { withoutUnusedImports } from './unused-imports.ts';

/** What an ejection changes. */
export interface Plan {
  /** Files and folders to remove, below the project's root. */
  removed: string[];
  /** Files that stay, by their new texts. */
  edited: Map<string, string>;
}

/**
 * What taking parts away changes, without doing it.
 *
 * @param root the project's folder
 * @throws MarkFailure
 */
export function planOf(root: string, parts: Readonly<Record<string, Part>>): Plan {
  const names = new Set(Object.keys(parts));
  const removed = Object.values(parts)
    .flatMap(({ files }) => files)
    .filter((file) => existsSync(join(root, file)));
  const scripts = new Set(Object.values(parts).flatMap((part) => part.scripts ?? []));
  const file = isBelowOneOf(removed);
  const edited = new Map<string, string>();
  for (const each of filesBelow(root, '').filter((one) => !file(one))) {
    const text = readFileSync(join(root, each), 'utf8');
    const left = textWithout(each, text, names, { file, scripts });
    if (left !== text) {
      edited.set(each, left);
    }
  }
  return { removed, edited };
}

const isBelowOneOf =
  (folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

function textWithout(file: string, text: string, names: ReadonlySet<string>, gone: Gone): string {
  if (file === 'package.json') {
    return manifestWithout(text, gone.scripts, gone.file);
  }
  if (file === 'package-lock.json') {
    return lockWithout(text, gone.file);
  }
  const kept = withoutPassages(file, text, names);
  const left = names.has(COMMAND) ? withoutMarks(kept) : kept;
  if (file.endsWith('.md')) {
    return withoutLinks(file, left, gone);
  }
  if (file === '.vscode/launch.json') {
    return withPortsInOrder(left);
  }
  return file.endsWith('.ts') && left !== text ? withoutUnusedImports(file, left) : left;
}

/** Every file that may have something of a part, below the project's root. */
export function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      return MADE_ANEW.has(entry.name) || path === 'schema/generated' ? [] : filesBelow(root, path);
    }
    return entry.isFile() && mayHaveMarks(path) ? [path] : [];
  });
}
