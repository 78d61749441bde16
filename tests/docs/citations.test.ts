import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FOLDERS = [
  'bench', // part: bench
  'docs',
  'functions',
  'infra',
  'model',
  'packages',
  'resolvers',
  'schema',
  'scripts', // part: eject
  'tests',
  'transfer', // part: transfer
];

interface Line {
  /** `infra/app.ts:12` */
  at: string;
  file: string;
  text: string;
}

const files = ['README.md', ...FOLDERS.flatMap(filesIn)].filter((file) => /\.(?:ts|mjs|js|md)$/.test(file));
const lines: Line[] = files
  // This file writes down what it refuses.
  .filter((file) => file !== relative(ROOT, import.meta.filename))
  .flatMap((file) =>
    read(file)
      .split('\n')
      .map((text, index) => ({ at: `${file}:${index + 1}`, file, text })),
  );

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => !file.includes('node_modules') && !file.startsWith('schema/generated'));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!);

/** Anchors that are written down, and those GitHub makes of headings. */
function targetsOf(page: string): Set<string> {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...anchorsOf(page), ...headings]);
}

function leadsNowhere(page: string, anchor: string | undefined): boolean {
  if (!existsSync(join(ROOT, page))) {
    return true;
  }
  return anchor !== undefined && !targetsOf(page).has(anchor);
}

const found = (pattern: RegExp, among = lines): string[] =>
  among.flatMap(({ at, text }) => [...text.matchAll(pattern)].map(([match]) => `${at}: ${match}`));

const factPages = files.filter((file) =>
  /^packages\/appsync-local\/docs\/facts\/(?!README)[\w-]+\.md$/.test(file),
);

describe('the facts', () => {
  it.each(factPages)('of %s have a name of their own, and say how they are known and from where', (page) => {
    const anchors = anchorsOf(page);
    const facts = read(page)
      .split(/^- (?=<a id)/m)
      .slice(1);

    expect(anchors.length).toBeGreaterThan(0);
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const fact of facts) {
      const text = fact
        .split(/\n(?!  )/)[0]!
        .replace(/\s+/g, ' ')
        .trim();
      expect(text).toMatch(/^<a id="([a-z0-9-]+)"><\/a>\*\*\1\*\*: /);
      expect(text).toMatch(/ \[(?:(?:documented|observed|inferred): .+|unknown.*)\]$/);
    }
  });
});

describe('citations', () => {
  it('of facts lead to one', () => {
    const citations = lines.flatMap(({ at, text }) =>
      [...text.matchAll(/\bdocs\/facts\/([\w-]+\.md)(?:#([\w-]+))?/g)].map(([match, page, anchor]) => ({
        cited: `${at}: ${match}`,
        nowhere: leadsNowhere(`packages/appsync-local/docs/facts/${page}`, anchor),
      })),
    );

    expect(citations.length).toBeGreaterThan(100);
    expect(citations.filter(({ nowhere }) => nowhere).map(({ cited }) => cited)).toEqual([]);
  });

  it('from one page to another lead there', () => {
    const pages = lines.filter(({ file }) => file.endsWith('.md'));
    const links = pages.flatMap(({ at, file, text }) =>
      [...text.matchAll(/\]\(((?!https?:)[^)#\s]*\.md)?(?:#([\w-]+))?\)/g)]
        .filter(([, page, anchor]) => page !== undefined || anchor !== undefined)
        .map(([match, page, anchor]) => ({
          link: `${at}: ${match}`,
          nowhere: leadsNowhere(page === undefined ? file : join(dirname(file), page), anchor),
        })),
    );

    expect(links.length).toBeGreaterThan(100);
    expect(links.filter(({ nowhere }) => nowhere).map(({ link }) => link)).toEqual([]);
  });

  it('name no section of a paper that is not here', () => {
    expect(found(/\bfacts \d[\d.]*/g)).toEqual([]);
  });

  it('abbreviate no source', () => {
    const letters = /\b(?:LSU|LS-val|ESL|SDKAPI|SDKJS|FLOCI|UTILS|GR|GOH|ACLI|ACAT|AJS|CM#\d+)\b/g;
    const asWords = /\b(?:DG|CAT)(?= [\w`])|\bGJ(?= v?\d)/g;

    expect([...found(letters), ...found(asWords)]).toEqual([]);
  });

  it('name the owner of a repository beside an issue', () => {
    expect(found(/(?<![\w/.-])[a-z]+(?:-[a-z]+)+#\d+/g)).toEqual([]);
    expect(found(/[\w-]+(?: \*)? issue \d+/g)).toEqual([]);
  });
});
