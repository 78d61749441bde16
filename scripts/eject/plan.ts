import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MADE_ANEW } from '../made-anew.ts';
import { withPortsInOrder } from './launch-file.ts';
import { type Gone, withoutLinks } from './links.ts';
import { withoutListed } from './listed-files.ts';
import { commandsOf, manifestWithout, packagesOf } from './manifests.ts';
import { mayHaveMarks, withoutMarks, withoutPassages } from './marks.ts';
import { type Installed, namesIn, unusedPackages } from './packages.ts';
import { COMMAND, type Part } from './parts.ts';
import { withoutUnusedImports } from './unused-imports.ts';

/** What an ejection changes. */
export interface Plan {
  /** Files and folders to remove, below the project's root. */
  removed: string[];
  /** Files that stay, by their new texts. */
  edited: Map<string, string>;
  /** Packages that nothing left uses, taken out of package.json. */
  packages: string[];
}

const MANIFEST = 'package.json';
const PARTS_FILE = 'scripts/eject/parts.ts';
export const LOCK = 'package-lock.json';

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
  for (const each of filesBelow(root).filter((one) => !file(one))) {
    const text = readFileSync(join(root, each), 'utf8');
    const left = textWithout(each, withoutTexts(each, text, parts), names, { file, scripts });
    if (left !== text) {
      edited.set(each, left);
    }
  }
  const manifest = readFileSync(join(root, MANIFEST), 'utf8');
  const withPackages = manifestWithout(manifest, { scripts, packages: [], file });
  const packages = unusedPackages(installedOf(root, packagesOf(manifest)), {
    before: namesBelow(root),
    after: namesBelow(root, { file, edited }),
    commands: commandsOf(withPackages),
  });
  const left = manifestWithout(withPackages, { scripts, packages, file });
  if (left !== manifest) {
    edited.set(MANIFEST, left);
  }
  return { removed, edited, packages };
}

const isBelowOneOf =
  (folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

/** Without the texts of parts that have no marks. */
const withoutTexts = (file: string, text: string, parts: Readonly<Record<string, Part>>): string =>
  Object.values(parts)
    .flatMap(({ texts = [] }) => texts)
    .filter(([of]) => of === file)
    .reduce((left, [, passage]) => left.replace(passage, ''), text);

function textWithout(file: string, text: string, names: ReadonlySet<string>, gone: Gone): string {
  if (file === MANIFEST || file === LOCK) {
    return text;
  }
  const kept = withoutPassages(file, text, names);
  const left = names.has(COMMAND) ? withoutMarks(kept) : kept;
  if (file.endsWith('.md')) {
    return withoutLinks(file, left, gone);
  }
  if (file === PARTS_FILE) {
    return withoutListed(left, (path) => gone.file(path));
  }
  if (file === '.vscode/launch.json') {
    return withPortsInOrder(left);
  }
  return file.endsWith('.ts') && left !== text ? withoutUnusedImports(file, left) : left;
}

/** The names of packages in the project's code, or in what is left of it. */
function namesBelow(root: string, { file, edited }: Changes = NO_CHANGES): Set<string> {
  const files = everyFileBelow(root, '').filter((one) => mayUsePackages(one) && !file(one));
  return new Set(files.flatMap((one) => namesIn(edited.get(one) ?? readFileSync(join(root, one), 'utf8'))));
}

interface Changes {
  /** Whether a path is removed. */
  file(path: string): boolean;
  edited: ReadonlyMap<string, string>;
}

const NO_CHANGES: Changes = { file: () => false, edited: new Map() };

/** Manifests, and rules for updates, name packages that nothing may use. */
const mayUsePackages = (file: string): boolean =>
  /\.(?:[cm]?[jt]sx?|json|ya?ml|html|md)$/.test(file) &&
  !/(?:^|\/)(?:package|package-lock|renovate)\.json$/.test(file);

function installedOf(root: string, names: readonly string[]): Record<string, Installed> {
  const lock = JSON.parse(readFileSync(join(root, LOCK), 'utf8')) as { packages: Record<string, Installed> };
  return Object.fromEntries(names.map((name) => [name, lock.packages[`node_modules/${name}`] ?? {}]));
}

/** Every file that may have something of a part, below the project's root. */
export const filesBelow = (root: string): string[] =>
  everyFileBelow(root, '').filter((file) => mayHaveMarks(file) && !file.startsWith('schema/generated/'));

function everyFileBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) {
      return MADE_ANEW.has(entry.name) ? [] : everyFileBelow(root, path);
    }
    return entry.isFile() ? [path] : [];
  });
}
