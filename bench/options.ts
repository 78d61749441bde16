import { parseArgs } from 'node:util';
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
    const [sentence] = (error as Error).message.split('\n');
    throw new Error(`${sentence}; see npm run bench -- --help`, { cause: error });
  }
}

export const helpText = (
  sections: Section[],
): string => `Measures this project beside its peers and its limits.

Usage: npm run bench -- [options]

  --only NAME,NAME  Only these sections. Default: all.
  --quick           Within a minute, for the ratios alone, against fewer peers and without the sections marked *: writes no
                    file, and ends with a line of JSON that holds the ratios.
  --help            Print this.

Sections:

${sections.map(({ name, title, slow }) => `  ${`${name}${slow ? ' *' : ''}`.padEnd(20)}${title}`).join('\n')}

Writes bench/results/SECTION.json, docs/benchmarks.md and its plots, and moves older results to bench/results/older,
which git ignores. What it measures against is installed at the first run
into bench/peers; what cannot be had is skipped and named. Have nothing else running.`;
