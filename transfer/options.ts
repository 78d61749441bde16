import { parseArgs } from '../schema/command-line.ts';
import type { Place } from './target.ts';
import { TransferFailure } from './transfer-failure.ts';

export type Flag = { type: 'string' | 'boolean'; value?: string; says: string };
export type Flags = Record<string, Flag>;
export type Values = Record<string, string | boolean | undefined>;

/** Options of both directions that choose the table. */
export const PLACE_FLAGS: Flags = {
  table: { type: 'string', value: 'NAME', says: 'The items table. Default: locally, the only one.' },
  region: {
    type: 'string',
    value: 'REGION',
    says: 'Region of a deployed table; uses the credentials that the AWS SDK finds.',
  },
  endpoint: {
    type: 'string',
    value: 'URL',
    says: 'URL of a DynamoDB, such as the DynamoDB URL that npm start prints.',
  },
  data: {
    type: 'string',
    value: 'DIR',
    says: 'Data directory of the running local server. Default: .local',
  },
};

/** Names the table of claims, counts and request tokens, where a command needs it beside the items table. */
export const CONSTRAINTS_FLAG: Flags = {
  constraints: {
    type: 'string',
    value: 'NAME',
    says: 'The constraints table. Default: found by the name of the items table.',
  },
};

/** @throws TransferFailure that names the option and its valid values */
export function parseFlags(
  args: string[],
  flags: Flags,
  command: string,
): { values: Values; file: string | undefined } {
  const options = Object.fromEntries(Object.entries(flags).map(([name, { type }]) => [name, { type }]));
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > 1) {
      throw new Error(`one FILE is expected, got ${positionals.join(' ')}`);
    }
    const empty = Object.keys(values).find((name) => values[name] === '');
    if (empty !== undefined) {
      throw new Error(`--${empty} is empty, as from a variable that is not set; pass ${flags[empty]?.value}`);
    }
    return { values: values as Values, file: positionals[0] };
  } catch (error) {
    throw new TransferFailure(`${(error as Error).message}; see ${command} -- --help`);
  }
}

export const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** @throws TransferFailure */
export function placeOf(values: Values): Place {
  const endpoint = text(values['endpoint']);
  if (endpoint !== undefined && !/^https?:$/.test(URL.canParse(endpoint) ? new URL(endpoint).protocol : '')) {
    throw new TransferFailure(`--endpoint ${endpoint} is not a URL; pass one such as http://127.0.0.1:8000`);
  }
  return {
    table: text(values['table']),
    constraints: text(values['constraints']),
    region: text(values['region']),
    endpoint,
    data: text(values['data']) ?? '.local',
  };
}

/** @throws TransferFailure */
export function oneOf<T extends string>(values: Values, name: string, choices: readonly T[], fallback: T): T {
  const given = values[name] ?? fallback;
  const found = choices.find((choice) => choice === given);
  if (found === undefined) {
    throw new TransferFailure(`--${name} ${given}: choose ${choices.join(' or ')}`);
  }
  return found;
}

/** @throws TransferFailure */
export function count(values: Values, name: string, most: number, fallback: number): number {
  const given = text(values[name]) ?? String(fallback);
  if (!/^\d{1,6}$/.test(given) || Number(given) < 1 || Number(given) > most) {
    throw new TransferFailure(`--${name} ${given}: pass a number from 1 to ${most}`);
  }
  return Number(given);
}

export const flagRows = (flags: Flags): string =>
  Object.entries(flags)
    .map(([name, { value, says }]) => `  ${(value ? `--${name} ${value}` : `--${name}`).padEnd(24)}${says}`)
    .join('\n');
