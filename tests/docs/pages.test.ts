import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { blocksOf, packages, type Page, page, pages, root } from './harness/pages.ts';

/*
 * What must hold of every page: tables have as many cells in each row, links lead somewhere, files and options that are
 * named exist.
 */

const run = promisify(execFile);
const all = pages().map(({ file, text }): [string, Page] => [file, { file, text }]);

/** The page without its fenced blocks, line by line, so that line numbers stay. */
function proseOf({ text }: Page): string[] {
  let isFenced = false;
  return text.split('\n').map((line) => {
    const isFence = /^\s*```/.test(line);
    const isProse = !isFence && !isFenced;
    isFenced = isFence !== isFenced;
    return isProse ? line : '';
  });
}

test('there are pages of the root, of docs, of the examples and of the packages', () => {
  const files = all.map(([file]) => file);

  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'docs/errors.md',
      'examples/README.md',
      'packages/appsync-local/docs/fidelity/runtime.md',
    ]),
  );
});

/** Cells of a line of a table: a bar behind a backslash divides none. */
const cellsIn = (line: string): number =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/).length;

function unevenRows(from: Page): string[] {
  const lines = proseOf(from);
  return lines.flatMap((line, index) => {
    const above = lines.slice(0, index).findLastIndex((one) => !one.startsWith('|'));
    const wanted = cellsIn(lines[above + 1] ?? '');
    return line.startsWith('|') && cellsIn(line) !== wanted
      ? [`${from.file}:${index + 1}: ${cellsIn(line)} cells, the header has ${wanted}`]
      : [];
  });
}

test.each(all)('every row of a table in %s has as many cells as its header', (_, from) => {
  expect(unevenRows(from)).toEqual([]);
});

test('a row with too many cells is found', () => {
  const text = '| a | b |\n| --- | --- |\n| 1 | 2 \\| 3 |\n| 1 | 2 | 3 |\n';

  expect(unevenRows({ file: 'x.md', text })).toEqual(['x.md:4: 3 cells, the header has 2']);
});

/** Anchors of a page: those that GitHub makes of its headings, and those that it sets itself. */
function anchorsOf(from: Page): Set<string> {
  const seen = new Map<string, number>();
  const headings = proseOf(from)
    .flatMap((line) => /^#+ (.*)$/.exec(line)?.[1] ?? [])
    .map((heading) => {
      const anchor = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-');
      const before = seen.get(anchor) ?? 0;
      seen.set(anchor, before + 1);
      return before === 0 ? anchor : `${anchor}-${before}`;
    });
  return new Set([...headings, ...[...from.text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!)]);
}

function brokenLinks(from: Page): string[] {
  const links = proseOf(from)
    .join('\n')
    .replace(/`[^`\n]*`/g, '')
    .matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g);
  return [...links].flatMap(([, link]) => {
    const [path = '', anchor] = link!.split('#');
    const target = resolve(root, dirname(from.file), path);
    const text = (): string => (path === '' ? from.text : readFileSync(target, 'utf8'));
    const isThere =
      (path === '' || existsSync(target)) &&
      (anchor === undefined || anchorsOf({ file: target, text: text() }).has(anchor));
    return isThere ? [] : [link!];
  });
}

test.each(all)('every link of %s leads somewhere', (_, from) => {
  expect(brokenLinks(from)).toEqual([]);
});

test('a link to no page, and one to no heading, are found', () => {
  const text = '# A\n[a](#a) [b](#b) [no](nowhere.md) [no](README.md#nowhere) [code](README.md#run-it)\n';

  expect(brokenLinks({ file: 'x.md', text })).toEqual(['#b', 'nowhere.md', 'README.md#nowhere']);
});

/** Files that the worked examples of README make, and a synth. */
const MADE = [...blocksOf(page('README.md')).map(({ info }) => info), 'cdk.out/Items.template.json'];
/** Where a path that a page names may begin, besides the root and the page's own folder. */
const PLACES = ['packages/appsync-local/src', 'packages/appsync-local', 'resolvers'];

test.each(all)('every file that %s names exists', (_, from) => {
  const named = [
    ...from.text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|mjs|js|graphql|json|md|yml|svg))`/g),
  ].map(([, path]) => path!);
  const places = ['', dirname(from.file), ...PLACES].map((folder) => join(root, folder));
  // A CHANGELOG tells of what was, and a check's source may be a file of another repository.
  const isOthers = from.file.includes('CHANGELOG') || /docs\/(?:fidelity|facts)/.test(from.file);

  expect(
    isOthers
      ? []
      : named.filter(
          (path) => !MADE.includes(path) && !places.some((place) => existsSync(join(place, path))),
        ),
  ).toEqual([]);
});

describe('options', () => {
  const scripts = (
    JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
  ).scripts;
  const OURS = [
    'start',
    'token',
    'outputs',
    'user',
    'smoke',
    // part: transfer
    'seed',
    'import',
    'export',
    'backup',
    'restore',
    // end: transfer
    'check-code',
    'bench', // part: bench
    'torture', // part: torture
    'conformance',
    'demo', // part: demo
    'eject', // part: eject
    'rename', // part: rename
  ];
  /** `npm run torture -- --quick`, in prose or in a block. */
  const uses = all.flatMap(([file, { text }]) =>
    [...text.matchAll(/npm (?:run (?:-s )?)?([a-z-]+) -- ([^`\n|#]*)/g)].map(([, script, rest]) => ({
      file,
      script: script!,
      options: [...rest!.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, option]) => option!),
    })),
  );

  test.each(OURS)('of npm run %s that pages name are in its help', { timeout: 240_000 }, async (script) => {
    const [command, ...words] = scripts[script]!.split(' ');
    const program = command === 'appsync-local' ? ['packages/appsync-local/bin/appsync-local.mjs'] : [];
    const { stdout } = await run(process.execPath, [...program, ...words, '--help'], { cwd: root });
    const known = new Set([
      'help',
      ...[...stdout.matchAll(/--([a-z][a-z-]*)/g)].map(([, option]) => option!),
    ]);

    const unknown = uses
      .filter((use) => use.script === script)
      .flatMap(({ file, options }) =>
        options.filter((option) => !known.has(option)).map((one) => `${file}: --${one}`),
      );
    expect(stdout).toMatch(/^Usage: /m);
    expect(unknown).toEqual([]);
  });

  test('are named in pages', () => {
    expect(uses.length).toBeGreaterThan(15);
  });
});

describe('decisions', () => {
  const files = readdirSync(join(root, 'docs/adr')).filter((name) => name.endsWith('.md'));

  test.each(files)('%s has a date and a status', (name) => {
    const [heading, , line] = readFileSync(join(root, 'docs/adr', name), 'utf8').split('\n');
    const number = Number(name.slice(0, 4));

    expect(heading).toMatch(new RegExp(`^# ${number}\\. `));
    expect(line).toMatch(
      /^Date: \d{4}-\d\d-\d\d\. Status: (?:accepted|superseded by \[ADR \d+\]\(\d{4}-[\w-]+\.md\))\.$/,
    );
  });

  test('have numbers without gaps', () => {
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });
});

describe('changelogs', () => {
  test.each(['.', ...packages()])(
    'of %s begin with the version of the package, released or not',
    (folder) => {
      const { version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
        version: string;
      };
      const [heading] = /^## .*$/m.exec(page(join(folder, 'CHANGELOG.md')).text) ?? [];

      expect(heading?.replace(/\((?:unreleased|\d{4}-\d\d-\d\d)\)$/, '(…)')).toBe(`## ${version} (…)`);
    },
  );
});
