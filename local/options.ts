import { parseArgs } from 'node:util';
import { StartFailure } from './failure.ts';
import { DEFAULT_PORT } from './local-credentials.ts';

/** What a local server is started with. */
export interface LocalOptions {
  /** 0 takes any free port. */
  port: number;
  /** Address to listen on; undefined means loopback only. */
  host?: string;
  /** Where tables, keys and certificates are kept; undefined keeps none. */
  dataDirectory?: string;
  /** Empties the tables first. */
  reset: boolean;
  /** A cloud assembly to run; undefined synthesizes the CDK app of the working directory. */
  assembly?: string;
  /** Logical id of the API to run where the assembly has several. */
  apiLogicalId?: string;
  /** A DynamoDB to use instead of the embedded engine. */
  dynamoDbEndpoint?: string;
  /** Where this very version of the server may keep what saves the next start some time; undefined keeps nothing. */
  cacheDirectory?: string;
}

type Flag = { type: 'string' | 'boolean'; value?: string; says: string };

/** One row per option: `--help` prints them, parsing reads them. */
export const FLAGS: Record<string, Flag> = {
  port: {
    type: 'string',
    value: 'N',
    says: 'Port for everything; 0 takes a free one. Default: PORT, or 4000.',
  },
  host: { type: 'string', value: 'ADDRESS', says: 'Address to listen on. Default: this machine only.' },
  data: { type: 'string', value: 'DIR', says: 'Where the data is kept. Default: .local' },
  memory: { type: 'boolean', says: 'Keep no data.' },
  reset: { type: 'boolean', says: 'Start over with empty tables, streams and queues.' },
  app: {
    type: 'string',
    value: 'DIR',
    says: 'Run this cloud assembly (a cdk.out). Default: synthesize the CDK app of this folder.',
  },
  api: { type: 'string', value: 'ID', says: 'Logical id of the API to run, where the assembly has several.' },
  'dynamodb-endpoint': {
    type: 'string',
    value: 'URL',
    says: 'Use this DynamoDB, signing with the AWS credentials of the environment. Default: an embedded one.',
  },
  help: { type: 'boolean', says: 'Print this.' },
};

const DEFAULT_DATA = '.local';

/**
 * Reads the command line.
 * @returns null when help was asked for
 * @throws StartFailure that names the option and what it takes
 */
export function parseOptions(args: string[], environment: NodeJS.ProcessEnv): LocalOptions | null {
  const values = parse(args);
  if (values.help) {
    return null;
  }
  if (values.memory && (values.data !== undefined || values.reset)) {
    throw new StartFailure('--memory keeps no data, so it does not go with --data or --reset');
  }
  return {
    port: portNumber(text(values.port) ?? (environment.PORT || String(DEFAULT_PORT))),
    host: text(values.host),
    dataDirectory: values.memory ? undefined : (text(values.data) ?? DEFAULT_DATA),
    reset: values.reset === true,
    assembly: text(values.app),
    apiLogicalId: text(values.api),
    dynamoDbEndpoint: endpointUrl(text(values['dynamodb-endpoint'])),
  };
}

export function helpText(): string {
  const rows = Object.entries(FLAGS).map(([name, { value, says }]) => {
    const flag = value ? `--${name} ${value}` : `--${name}`;
    return `  ${flag.padEnd(26)}${says}`;
  });
  return [
    'Runs the GraphQL API of a CDK app on this machine, from the template that cdk deploy would send.',
    '',
    'Usage: npm start -- [options]',
    '',
    ...rows,
  ].join('\n');
}

function parse(args: string[]): Record<string, string | boolean | undefined> {
  const options = Object.fromEntries(Object.entries(FLAGS).map(([name, { type }]) => [name, { type }]));
  try {
    return parseArgs({ args, options, allowPositionals: false }).values as Record<string, string | boolean>;
  } catch (error) {
    throw new StartFailure(`${firstSentence((error as Error).message)}; see npm start -- --help`);
  }
}

/** What Node.js has to say about an option it takes up to three lines for. */
const firstSentence = (message: string): string => message.split(/\.\s/)[0]!;

const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function portNumber(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new StartFailure(`port ${value || "''"} is no port; pass a number from 0 to 65535`);
  }
  return port;
}

function endpointUrl(value: string | undefined): string | undefined {
  if (value !== undefined && !/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) {
    throw new StartFailure(`--dynamodb-endpoint ${value} is no URL; pass one such as http://localhost:8000`);
  }
  return value;
}
