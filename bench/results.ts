import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from './harness/ours.ts';
import type { Measured } from './measured.ts';
import { benchmarksPage } from './report/markdown.ts';
import { plotSvg } from './report/plot.ts';

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
 * Replaces the files of the sections that were measured, each with its newest result, and writes the plots and the page of all
 * sections. Moves what it replaces to `bench/results/older/`, which git ignores.
 * @param order of sections on the page
 * @returns what was written, for people
 */
export function keep(measured: Measured[], order: string[]): string[] {
  const files = measured.map((section) => keepSection(RESULTS, section));
  return [...files.map((file) => relative(ROOT, file)), ...writePage(order)];
}

/** @returns the file that has the section now */
export function keepSection(folder: string, section: Measured): string {
  const file = join(folder, `${section.name}.json`);
  if (existsSync(file)) {
    const older = join(folder, 'older');
    mkdirSync(older, { recursive: true });
    const { at } = JSON.parse(readFileSync(file, 'utf8')) as Measured;
    renameSync(file, join(older, `${section.name}-${at.replaceAll(':', '')}.json`));
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(section, null, 1)}\n`);
  return file;
}

/** The sections of a folder in this order; without those that were never measured. */
export function sectionsIn(folder: string, order: string[]): Measured[] {
  return order
    .map((name) => join(folder, `${name}.json`))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as Measured);
}

function writePage(order: string[]): string[] {
  const sections = sectionsIn(RESULTS, order);
  const plots = sections.flatMap(({ result }) => result.plots);
  mkdirSync(PLOTS, { recursive: true });
  for (const plot of plots) {
    writeFileSync(join(PLOTS, `${plot.file}.svg`), plotSvg(plot));
  }
  writeFileSync(join(ROOT, 'docs', 'benchmarks.md'), benchmarksPage({ sections }));
  return ['docs/benchmarks.md', ...plots.map(({ file }) => `docs/benchmarks/${file}.svg`)];
}
