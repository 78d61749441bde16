import { parseArgs } from '../command-line.ts';
import type { Api } from './ask-api.ts';
import { TypesFailure } from './types-failure.ts';

const FLAGS = {
  out: {
    type: 'string',
    value: 'DIR',
    says: 'Folder of the front end that the files go to; made if missing. Required.',
  },
  documents: {
    type: 'string',
    value: 'GLOB',
    multiple: true,
    says: 'Operations of your own: .graphql files, or gql`…` in TypeScript. May be repeated; quote a glob.',
  },
  url: {
    type: 'string',
    value: 'URL',
    says: 'Ask a running API, local or deployed, for its schema and its kinds. Default: the files in schema/.',
  },
  'api-key': { type: 'string', value: 'KEY', says: 'For --url: an API key.' },
  token: { type: 'string', value: 'TOKEN', says: 'For --url: a token of a user.' },
  schema: {
    type: 'string',
    value: 'FILE',
    says: 'Take this schema (SDL) instead, and the kinds in schema/kinds.',
  },
  check: { type: 'boolean', says: 'Write nothing; exit code 1 if a file is not what would be written.' },
  help: { type: 'boolean', says: 'Print this.' },
} as const satisfies Record<
  string,
  { type: 'string' | 'boolean'; value?: string; multiple?: boolean; says: string }
>;

const COMMAND = 'npm run types';
const SEE_HELP = `see ${COMMAND} -- --help`;

export interface Options {
  out: string;
  documents: readonly string[];
  /** Null: from files. */
  api: Api | null;
  /** Of the API's schema. Null: our own. */
  schema: string | null;
  check: boolean;
}

/** @returns null where help is asked for. @throws TypesFailure */
export function optionsOf(args: string[]): Options | null {
  const values = parsed(args);
  if (values.help) {
    return null;
  }
  const { out, documents = [], url, schema = null, check = false } = values;
  if (!out) {
    throw new TypesFailure(`--out DIR is required; ${SEE_HELP}`);
  }
  if (url !== undefined && schema !== null) {
    throw new TypesFailure(`--url and --schema name two schemas: give one of them; ${SEE_HELP}`);
  }
  return { out, documents, api: apiOf(values), schema, check };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: FLAGS }).values;
  } catch (error) {
    throw new TypesFailure(`${(error as Error).message}; ${SEE_HELP}`);
  }
}

function apiOf({ url, token, 'api-key': apiKey }: ReturnType<typeof parsed>): Api | null {
  if (url === undefined) {
    if (token !== undefined || apiKey !== undefined) {
      throw new TypesFailure(`--api-key and --token are for --url; ${SEE_HELP}`);
    }
    return null;
  }
  if (!/^https?:\/\/./.test(url) || !URL.canParse(url)) {
    throw new TypesFailure(`--url is "${url}"; it must begin with https:// or http://`);
  }
  const headers = { ...(apiKey && { 'x-api-key': apiKey }), ...(token && { authorization: token }) };
  return { url, headers };
}

export function helpText(): string {
  const rows = Object.entries(FLAGS).map(([name, flag]) => ({
    flag: `--${name}${'value' in flag ? ` ${flag.value}` : ''}`,
    says: flag.says,
  }));
  const width = Math.max(...rows.map(({ flag }) => flag.length));
  return `Writes the types of a front end: typed documents (Apollo Client, urql), typed strings (Amplify, fetch), payloads of
the kinds, and errors.

Usage: ${COMMAND} -- --out DIR [options]

${rows.map(({ flag, says }) => `  ${flag.padEnd(width)}  ${says}`).join('\n')}

From another repository: npm --prefix PATH_TO_THIS_ONE run types -- --out src/api
Paths are relative to the folder that the command is given in. docs/front-end.md shows how the files are used.`;
}
