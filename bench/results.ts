import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './harness/ours.ts';
import { benchmarksPage } from './report/markdown.ts';
import { plotSvg } from './report/plot.ts';
import type { SectionResult } from './section.ts';

/** One section with where and when it was measured. */
export interface Measured {
  name: string;
  title: string;
  /** ISO 8601. */
  at: string;
  /** Short hash, with `+` when the work tree differed from it. */
  commit: string;
  node: string;
  machine: Machine;
  /** Load averages of one minute; 0 on Windows, which has none. */
  load: { before: number; after: number };
  result: SectionResult;
}

interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
}

/** What a file in `bench/results/` holds. */
export interface Results {
  sections: Measured[];
}

const RESULTS = join(ROOT, 'bench', 'results');
const PLOTS = join(ROOT, 'docs', 'benchmarks');

export const loadNow = (): number => Number(loadavg()[0]!.toFixed(1));

export const surroundings = (): Pick<Measured, 'at' | 'commit' | 'node' | 'machine'> => ({
  at: new Date().toISOString(),
  commit: commit(),
  node: process.version,
  machine: {
    cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
  },
});

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}

/**
 * Writes the day's file, in which new sections replace those of the same name, and the plots and the page, which have the
 * newest of each section of all days.
 * @param order of sections on the page
 * @returns what was written, for people
 */
export function keep(measured: Measured[], order: string[]): string[] {
  const file = join(RESULTS, `${measured[0]!.at.slice(0, 10)}.json`);
  mkdirSync(RESULTS, { recursive: true });
  mkdirSync(PLOTS, { recursive: true });
  const today = newestSections([...sectionsOf(file), ...measured], order);
  writeFileSync(file, `${JSON.stringify({ sections: today } satisfies Results, null, 1)}\n`);
  const files = readdirSync(RESULTS).filter((name) => name.endsWith('.json'));
  const sections = newestSections(
    files.flatMap((name) => sectionsOf(join(RESULTS, name))),
    order,
  );
  const plots = sections.flatMap(({ result }) => result.plots);
  for (const plot of plots) {
    writeFileSync(join(PLOTS, `${plot.file}.svg`), plotSvg(plot));
  }
  writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), benchmarksPage({ sections }));
  return [
    file.slice(ROOT.length),
    'docs/benchmarks.md',
    ...plots.map(({ file }) => `docs/benchmarks/${file}.svg`),
  ];
}

const sectionsOf = (file: string): Measured[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results).sections : [];

/** One of each name, the one measured last. @param order of their names; others are left out */
export function newestSections(measured: Measured[], order: string[]): Measured[] {
  return order.flatMap((wanted) => {
    const ofName = measured.filter(({ name }) => name === wanted).sort((a, b) => (a.at < b.at ? -1 : 1));
    return ofName.slice(-1);
  });
}
