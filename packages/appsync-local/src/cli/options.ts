import type { Credentials } from '../data-sources/http-signature.ts';
import { DEFAULT_PORT } from '../ground/local-credentials.ts';
import { SEVERITIES, type Severity } from '../ground/severity.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { JAVASCRIPTS } from '../runtime/javascript.ts';
import type { Javascript } from '../runtime/javascript.ts';
import type { LocalOptions } from '../start/local-options.ts';
import { parseArgs } from './arguments.ts';
import { firstSentence } from './command-failure.ts';
import { parametersOf } from './parameters.ts';

type Flag = { type: 'string' | 'boolean'; short?: string; value?: string; multiple?: boolean; says: string };

/** One row per option: `--help` prints them, parsing reads them. */
export const FLAGS: Record<string, Flag> = {
  port: {
    type: 'string',
    value: 'N',
    says: 'Port for everything; 0 takes a free one. Default: PORT, or 4000.',
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    says: 'Address to listen on, such as 0.0.0.0 for all. Default: this machine only.',
  },
  'allow-host': {
    type: 'string',
    value: 'NAME',
    multiple: true,
    says: 'Another host name of this server; may be repeated. Default: loopback names and --host.',
  },
  'allow-origin': {
    type: 'string',
    value: 'ORIGIN',
    multiple: true,
    says: 'Origin whose web pages may call; may be repeated. Default: localhost and this server.',
  },
  data: { type: 'string', value: 'DIR', says: 'Directory of the data. Default: .local' },
  memory: { type: 'boolean', says: 'Keep the data in memory only.' },
  reset: { type: 'boolean', says: 'Start over with empty tables, streams and queues.' },
  app: {
    type: 'string',
    value: 'DIR',
    says: 'Run this cloud assembly (a cdk.out), or the CDK app in this folder. Default: the working directory.',
  },
  template: {
    type: 'string',
    value: 'FILE',
    says: 'Run this CloudFormation or SAM template, in YAML or JSON, instead of a CDK app.',
  },
  parameter: {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    says: 'Value of a template parameter; may be repeated. Default: that of the template.',
  },
  'env-file': {
    type: 'string',
    value: 'FILE',
    says: 'NAME=value lines: environment of the CDK app, and of Lambda functions that define the variable.',
  },
  api: { type: 'string', value: 'ID', says: 'Logical id of the API to run, if the assembly has several.' },
  strict: {
    type: 'boolean',
    says: 'Refuse resources that do not run here, even if the API does not need them.',
  },
  'dynamodb-endpoint': {
    type: 'string',
    value: 'URL',
    says: 'Use this DynamoDB, signing with the AWS credentials of the environment. Default: an embedded one.',
  },
  endpoint: {
    type: 'string',
    value: 'SOURCE=URL',
    multiple: true,
    says: 'Send requests of this HTTP data source to URL; may be repeated. Default: that of the template.',
  },
  'aws-credentials': {
    type: 'boolean',
    says: 'Sign requests of HTTP data sources with the AWS credentials of the environment. Default: local ones.',
  },
  javascript: {
    type: 'string',
    value: 'NAME',
    says: 'Semantics of JavaScript in resolvers: appsync, as observed on AWS, or plain. Default: appsync.',
  },
  timing: {
    type: 'boolean',
    says: 'Print a line for each query and mutation, with its time and those of its slowest fields.',
  },
  'log-level': {
    type: 'string',
    value: 'LEVEL',
    says: 'Lines to print: error, warn, info or debug. Default: info, with bursts summed up in one line.',
  },
  watch: {
    type: 'boolean',
    says: 'Apply saved files while the server runs. Data, connections and subscriptions stay.',
  },
  generate: {
    type: 'string',
    value: 'COMMAND',
    says: 'With --watch: command that generates sources of the app, run before each synthesis. Default: none.',
  },
  inspect: {
    type: 'string',
    value: 'PORT',
    says: 'Port for a debugger of resolvers, such as 9229; each Lambda function has the next one. Default: none.',
  },
  'no-recorder': {
    type: 'boolean',
    says: 'Record no requests for npx appsync-local trace and the console.',
  },
  version: { type: 'boolean', says: 'Print the version of appsync-local.' },
  help: { type: 'boolean', short: 'h', says: 'Print this.' },
};

/** What the command line says of the server, and of the terminal. */
export interface StartOptions extends LocalOptions {
  /** @default info, with bursts summed up */
  logLevel?: Severity;
}

const DEFAULT_DATA = '.local';

/**
 * Reads the command line.
 * @returns null when help was requested
 * @throws StartFailure that names the option and the values that it takes
 */
export function parseOptions(args: string[], environment: NodeJS.ProcessEnv): StartOptions | null {
  const values = parse(args);
  if (values.help) {
    return null;
  }
  refuseEmpty(values);
  if (values.memory && (values.data !== undefined || values.reset)) {
    throw new StartFailure('--memory keeps no data, so it cannot be combined with --data or --reset');
  }
  if (values.app !== undefined && values.template !== undefined) {
    throw new StartFailure('--app and --template both name the app to run; pass only one of them');
  }
  if (values.generate !== undefined && !values.watch) {
    throw new StartFailure('--generate needs --watch; without it, run the command yourself before the start');
  }
  return {
    port: portNumber(text(values.port) ?? (environment.PORT || String(DEFAULT_PORT))),
    host: text(values.host),
    allowedHosts: texts(values['allow-host']).map(hostName),
    allowedOrigins: texts(values['allow-origin']).map(pageOrigin),
    dataDirectory: values.memory ? undefined : (text(values.data) ?? DEFAULT_DATA),
    reset: values.reset === true,
    assembly: text(values.app),
    template: text(values.template),
    parameters: parametersOf(texts(values.parameter)),
    environmentFile: text(values['env-file']),
    apiLogicalId: text(values.api),
    strict: values.strict === true,
    dynamoDbEndpoint: endpointUrl(text(values['dynamodb-endpoint'])),
    endpoints: new Map(texts(values.endpoint).map(sourceEndpoint)),
    ...(values['aws-credentials'] && { awsCredentials: credentialsOf(environment) }),
    javascript: javascript(text(values.javascript)),
    logLevel: logLevel(text(values['log-level'])),
    ...(values.timing && { timing: true }),
    ...(values.watch && { watch: true, generate: text(values.generate) }),
    inspectPort: inspectPort(text(values.inspect)),
    recorder: values['no-recorder'] !== true,
  };
}

export function helpText(): string {
  const rows = Object.entries(FLAGS).map(([name, { value, says }]) => {
    const flag = value ? `--${name} ${value}` : `--${name}`;
    return `  ${flag.padEnd(26)}${says}`;
  });
  return [
    'Runs the GraphQL API of a CDK app, or of a CloudFormation or SAM template, on this machine.',
    '',
    'Usage: npx appsync-local [options]',
    '',
    ...rows,
    '',
    'More commands, each with its own --help:',
    '  npx appsync-local token    prints a token from the running server',
    '  npx appsync-local check    reports what AppSync would refuse: code, schema, limits',
    '  npx appsync-local evaluate runs a resolver once, on a context that you give',
    '  npx appsync-local trace    shows what requests did, step by step',
    '  npx appsync-local logs     shows log lines of functions, resolvers and the server',
    '  npx appsync-local data     saves and restores the data of a stopped server',
  ].join('\n');
}

type Value = string | boolean | (string | boolean)[] | undefined;
type Values = Record<string, Value>;

function parse(args: string[]): Values {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, { type, short, multiple = false }]) => [
      name,
      { type, ...(short && { short }), multiple },
    ]),
  );
  let parsed: { values: Values; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new StartFailure(`${firstSentence((error as Error).message)}; see npx appsync-local --help`);
  }
  const { values, positionals } = parsed;
  if (positionals.length > 0 && positionals.join() !== 'help') {
    throw new StartFailure(
      `"${positionals[0]}" is neither a command nor the value of an option; see npx appsync-local --help`,
    );
  }
  return positionals.length > 0 ? { ...values, help: true } : values;
}

/**
 * Refuses empty values: with HOST unset, `--host "$HOST"` would listen everywhere, and `--data ""` would write into the current
 * folder.
 */
function refuseEmpty(values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (name !== 'port' && [value].flat().includes('')) {
      throw new StartFailure(
        `--${name} is empty, as from a variable that is not set; pass ${FLAGS[name]!.value} or leave --${name} out`,
      );
    }
  }
}

const text = (value: Value): string | undefined => (typeof value === 'string' ? value : undefined);

const texts = (value: Value): string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

/** A name or an address, without scheme, port and path. */
function hostName(value: string): string {
  const name = value.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const authority = name.includes(':') ? `[${name}]` : name;
  if (URL.canParse(`http://${authority}`) && new URL(`http://${authority}`).host === authority) {
    return name;
  }
  throw new StartFailure(
    `--allow-host ${value} is not a host name; pass one such as devbox.example, without a port`,
  );
}

/** Scheme, host and port; `file://` has no host. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/*?#@\s]*$/;

/** In the form that browsers send: no path, no port when it is the scheme's default; `null` for pages without an origin, such as files. */
function pageOrigin(value: string): string {
  const origin = value.replace(/(?<=[^/])\/$/, '').toLowerCase();
  if (origin === 'null') {
    return origin;
  }
  if (ORIGIN.test(origin)) {
    if (!/^https?:/.test(origin)) {
      return origin;
    }
    if (URL.canParse(origin)) {
      return new URL(origin).origin;
    }
  }
  throw new StartFailure(
    `--allow-origin ${value} is not an origin; pass one such as https://app.example, without a path, once for each`,
  );
}

function portNumber(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new StartFailure(`--port (or PORT) must be a number from 0 to 65535, not "${value}"`);
  }
  return port;
}

function inspectPort(value: string | undefined): number | undefined {
  const port = Number(value);
  if (value === undefined || (/^\d+$/.test(value) && port >= 1024 && port <= 65_535)) {
    return value === undefined ? undefined : port;
  }
  throw new StartFailure(`--inspect must be a port from 1024 to 65535, such as 9229, not "${value}"`);
}

const isHttpUrl = (value: string): boolean =>
  /^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : '');

/** `weather=http://localhost:9000/v1` */
function sourceEndpoint(value: string): [name: string, url: string] {
  const [, name, url] = /^([^=]+)=(.*)$/.exec(value) ?? [];
  if (name === undefined || url === undefined || !isHttpUrl(url)) {
    throw new StartFailure(
      `--endpoint must be a data source and its URL, such as weather=http://localhost:9000, not "${value}"`,
    );
  }
  return [name, url];
}

/** By the names that AWS tools use. */
function credentialsOf(environment: NodeJS.ProcessEnv): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new StartFailure(
      '--aws-credentials needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment; ' +
        '"aws configure export-credentials --format env" prints them',
    );
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

function javascript(value: string | undefined): Javascript | undefined {
  const known = JAVASCRIPTS.find((name) => name === value);
  if (value !== undefined && known === undefined) {
    throw new StartFailure(`--javascript must be ${JAVASCRIPTS.join(' or ')}, not "${value}"`);
  }
  return known;
}

function logLevel(value: string | undefined): Severity | undefined {
  const known = SEVERITIES.find((severity) => severity === value);
  if (value !== undefined && known === undefined) {
    throw new StartFailure(`--log-level must be one of ${SEVERITIES.join(', ')}, not "${value}"`);
  }
  return known;
}

function endpointUrl(value: string | undefined): string | undefined {
  if (value !== undefined && !isHttpUrl(value)) {
    throw new StartFailure(`--dynamodb-endpoint must be a URL such as http://localhost:8000, not "${value}"`);
  }
  return value;
}
