import { parseArgs } from '../schema/command-line.ts';
import type { Section } from './section.ts';

export interface BenchOptions {
  quick: boolean;
  sections: Section[];
}

/** @returns null when help was asked for. @throws with one line that says what is wrong */
export function parseBenchOptions(args: string[], sections: Section[]): BenchOptions | null {
  const values = parse(args);
  if (values.help) {
    return null;
  }
  const names = values.only?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !sections.some((section) => section.name === name));
  if (unknown !== undefined) {
    const known = sections.map(({ name }) => name).join(', ');
    throw new Error(`--only names no section "${unknown}"; choose from ${known}`);
  }
  return {
    quick: values.quick === true,
    sections: sections.filter(({ name, slow }) => (names ? names.includes(name) : !values.quick || !slow)),
  };
}

function parse(args: string[]): { quick?: boolean; only?: string; help?: boolean } {
  try {
    return parseArgs({
      args,
      options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}; see npm run bench -- --help`, { cause: error });
  }
}

export const helpText = (
  sections: Section[],
): string => `Compares this project with similar servers and with theoretical limits.

Usage: npm run bench -- [options]

  --only NAME,NAME  Only these sections. Default: all.
  --quick           Measures ratios within a minute: starts each server once, warms it up for less time, and leaves out
                    other GraphQL servers, numbers of connections other than 16, first starts and the sections
                    marked *. Writes no file, and prints the ratios as a last line of JSON.
  --help            Print this.

Sections:

${sections.map(({ name, title, slow }) => `  ${`${name}${slow ? ' *' : ''}`.padEnd(20)}${title}`).join('\n')}

Writes bench/results/SECTION.json, docs/benchmarks.md and its plots, and moves older results to bench/results/older,
which git ignores. The first run installs the other servers into bench/peers; those that cannot be installed are
skipped, with a message. Run nothing else meanwhile.`;
