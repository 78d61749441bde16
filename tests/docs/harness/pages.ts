import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root directory, absolute, without a slash at the end. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** A page of the documentation. */
export interface Page {
  /** Relative to the project's root: `docs/errors.md`. */
  file: string;
  text: string;
}

/** A fenced block: `language` is the first word after the fence, `info` what follows it. */
export interface Block {
  file: string;
  /** Of the opening fence, from 1. */
  line: number;
  language: string;
  info: string;
  text: string;
}

/** Without the marks of parts that stand within a line (scripts/eject/marks.ts). */
export const page = (file: string): Page => ({
  file,
  text: readFileSync(join(root, file), 'utf8').replaceAll(/(?<=.) ?<!-- (?:part|end): [a-z-]+ -->/g, ''),
});

/** Every page of the project: those of the root, of docs/, of examples/, and of each package. */
export const pages = (): Page[] => [
  ...pagesIn('.', false),
  ...pagesIn('docs'),
  ...pagesIn('examples'),
  ...packages().flatMap((folder) => [...pagesIn(folder, false), ...pagesIn(`${folder}/docs`)]),
];

/** Folders of the packages, below the project's root. */
export const packages = (): string[] => readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);

function pagesIn(folder: string, recursive = true): Page[] {
  const place = join(root, folder);
  return (existsSync(place) ? readdirSync(place, { recursive, encoding: 'utf8' }) : [])
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => page(join(folder, name)));
}

export function blocksOf({ file, text }: Page): Block[] {
  return [...text.matchAll(/^```(\w+)(?: ([^\n]*))?\n([\s\S]*?)^```$/gm)].map((found) => ({
    file,
    line: text.slice(0, found.index).split('\n').length,
    language: found[1]!,
    info: found[2] ?? '',
    text: found[3]!,
  }));
}

/** The one block of a page with this language and info. @throws Error when there is none, or more than one */
export function blockOf(from: Page, language: string, info: string): Block {
  const found = blocksOf(from).filter((block) => block.language === language && block.info === info);
  if (found.length !== 1) {
    throw new Error(`${from.file} has ${found.length} blocks marked "${language} ${info}", not one`);
  }
  return found[0]!;
}

/** Each block of `question` language that the next block, of language `json`, answers. */
export function exchangesOf(from: Page, question: string): { asked: Block; answer: string }[] {
  const blocks = blocksOf(from);
  return blocks.flatMap((asked, index) => {
    const next = blocks[index + 1];
    return asked.language === question && next?.language === 'json' && next.info === ''
      ? [{ asked, answer: next.text }]
      : [];
  });
}

/** The text below a heading, up to the next heading of its level or a higher one. @throws Error without that heading */
export function section({ file, text }: Page, heading: string): Page {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start < 0) {
    throw new Error(`${file} has no heading "${heading}"`);
  }
  const level = /^#+/.exec(heading)![0].length;
  const length = lines
    .slice(start + 1)
    .findIndex((line) => (/^#+(?= )/.exec(line)?.[0].length ?? 9) <= level);
  return { file, text: lines.slice(start + 1, length < 0 ? undefined : start + 1 + length).join('\n') };
}

/** The cells of every table row of a page, header rows and rulers left out, code marks kept. */
export function tableRows({ text }: Page): string[][] {
  const lines = text.split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !isRuler(line) && !isRuler(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, line.lastIndexOf('|'))
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
}

const isRuler = (line: string): boolean => /^\|[\s:|-]+\|$/.test(line);

/** `code` of "`code`"; any other cell as it is. */
export const plain = (cell: string): string => cell.replace(/^`(.*)`$/, '$1');
