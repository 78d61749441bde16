/** The sources: what every start of the repository looks at. */
import { readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
export const sources = join(packageRoot, 'src');

/** Every file below `src`, relative to it, with `/`. */
export const sourceFiles = () =>
  readdirSync(sources, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${(entry.parentPath ?? entry.path).slice(sources.length + 1)}/${entry.name}`)
    .map((file) => (sep === '/' ? file : file.replaceAll(sep, '/')).replace(/^\//, ''))
    .sort();
