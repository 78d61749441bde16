import { randomInt } from 'node:crypto';
import { parseArgs } from '../../schema/command-line.ts';
import type { Part } from './part.ts';
import type { Counted } from './rounds.ts';

export interface TortureOptions {
  seed: number;
  /** What bounds the run by counts. */
  counted?: Counted;
  minutes: number;
  parts: Part[];
  help: boolean;
}

const DEFAULT_MINUTES = 10;
/** A counted run ends by its counts; this only bounds it where the machine is slow. */
export const COUNTED_MINUTES = 4;
const SEEDS = 2 ** 32;

interface Flag {
  type: 'string' | 'boolean';
  value?: string;
  says: string;
}

/** The options of the command; its help is made of this table. */
const FLAGS: Record<string, Flag> = {
  quick: { type: 'boolean', says: 'About a minute, bounded by counts as well as by time.' },
  brief: { type: 'boolean', says: 'A third of the counts of --quick.' },
  minutes: {
    type: 'string',
    value: 'N',
    says: `How long, shared by the parts. Default: ${DEFAULT_MINUTES}`,
  },
  seed: {
    type: 'string',
    value: 'N',
    says: 'Makes the same choices as the run that printed it. Default: a new one.',
  },
  only: { type: 'string', value: 'NAME,…', says: 'Only these parts. Default: all.' },
  help: { type: 'boolean', says: 'Print this.' },
};

/** @throws Error with one line that says what is wrong */
export function parseOptions(args: string[], parts: readonly Part[]): TortureOptions {
  const values = parse(args);
  const counted = (['quick', 'brief'] as const).filter((name) => values[name]);
  if (counted.length + (values.minutes === undefined ? 0 : 1) > 1) {
    throw new Error(
      '--quick, --brief and --minutes exclude each other: quick and brief runs are bounded by counts',
    );
  }
  return {
    seed: values.seed === undefined ? randomInt(SEEDS) : seedOf(String(values.seed)),
    ...(counted[0] && { counted: counted[0] }),
    minutes: counted[0]
      ? COUNTED_MINUTES
      : values.minutes === undefined
        ? DEFAULT_MINUTES
        : minutesOf(String(values.minutes)),
    parts: values.only === undefined ? [...parts] : chosen(String(values.only), parts),
    help: values.help === true,
  };
}

function parse(args: string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(Object.entries(FLAGS).map(([name, { type }]) => [name, { type }]));
  try {
    return parseArgs({ args, options }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new Error(`${(error as Error).message}; see npm run torture -- --help`, {
      cause: error,
    });
  }
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (!/^\d+$/.test(text) || seed >= SEEDS) {
    throw new Error(`--seed must be a whole number from 0 to ${SEEDS - 1}, not "${text}"`);
  }
  return seed;
}

function minutesOf(text: string): number {
  const minutes = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || minutes === 0) {
    throw new Error(`--minutes must be a number above 0, not "${text}"`);
  }
  return minutes;
}

function chosen(text: string, parts: readonly Part[]): Part[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ');
    throw new Error(`--only names ${unknown.map((name) => `"${name}"`).join(', ')}; the parts are ${known}`);
  }
  return parts.filter(({ name }) => names.includes(name));
}

export function helpText(parts: readonly Part[]): string {
  const flags = Object.entries(FLAGS).map(([name, { value, says }]) => {
    const flag = value ? `--${name} ${value}` : `--${name}`;
    return `  ${flag.padEnd(16)}${says}`;
  });
  return [
    'Attacks its own local server, on loopback and in a temporary directory, and reports what was lost, leaked or answered wrongly.',
    '',
    'Usage: npm run torture -- [options]',
    '',
    ...flags,
    '',
    'Parts:',
    '',
    ...parts.map(({ name, says }) => `  ${name.padEnd(16)}${says}`),
    '',
    'Exit code 1 if there was anything to report.',
  ].join('\n');
}
