import { styleText } from 'node:util';
import type { Severity } from '../ground/severity.ts';
import type { StartFailure } from '../ground/start-failure.ts';
import type { LambdaLogEntry } from '../lambda/log-entry.ts';
import type { LocalServer } from '../start/start.ts';
import type { ApiModel } from '../template/app-model.ts';

export type Style = Parameters<typeof styleText>[0];

/**
 * Uses colours only on a terminal, and not with NO_COLOR (no-color.org). Node.js 22 and later would look at standard output,
 * regardless of the stream that the text goes to.
 */
export const styled = (stream: NodeJS.WriteStream, style: Style, text: string): string =>
  stream.isTTY && !process.env.NO_COLOR ? styleText(style, text, { validateStream: false }) : text;

export interface ReadyDetails {
  /** Since the start of the process. */
  seconds: number;
  dataDirectory?: string;
}

/** The output of a started server: each name and value on its own line, and `Ready` last. */
export function readyLines(server: LocalServer, { seconds, dataDirectory }: ReadyDetails): string[] {
  const rows: [string, string][] = [
    ['GraphQL URL', server.urls.graphql],
    ['Realtime URL', server.urls.realtime],
    ['Console URL', server.urls.console],
    ['DynamoDB URL', server.urls.dynamoDb],
    ...credentialRows(server),
    ...userPoolRows(server),
    ...exposureRows(server),
    ...inspectorRows(server),
    ['Data', dataDirectory ?? 'not kept'],
    ...(server.caFile
      ? [['CA file', `${server.caFile}  (to trust https:// and wss:// on this port)`] as [string, string]]
      : []),
  ];
  return [
    '',
    styled(process.stdout, 'bold', server.app.api.name),
    ...rows.map(([name, value]) => `${styled(process.stdout, 'dim', name.padEnd(14))}${value}`),
    ...server.notes.map((note) => styled(process.stdout, 'dim', note)),
    `${styled(process.stdout, 'green', 'Ready')} in ${seconds.toFixed(1)} s. Ctrl-C stops it.`,
  ];
}

/** The credentials of the API: its keys or, without keys, those of its other modes. Prints all secrets of this server. */
function credentialRows({ app, credentials, urls }: LocalServer): [string, string][] {
  const modes = new Set(app.api.authModes.map(({ type }) => type));
  const { accessKeyId, secretAccessKey, areSecret } = credentials;
  const hasKeys = modes.has('API_KEY');
  const { port } = new URL(urls.graphql);
  const iam: [string, string][] = [['IAM keys', `${accessKeyId} ${secretAccessKey}`]];
  return [
    ...(hasKeys ? apiKeyRows(app.api) : []),
    ...(modes.has('AMAZON_COGNITO_USER_POOLS') && !hasKeys
      ? [['User token', `npx appsync-local token --user alice --port ${port}`] as [string, string]]
      : []),
    ...(modes.has('AWS_IAM') && (areSecret || !hasKeys) ? iam : []),
  ];
}

/** What a front end signs in to, which it has to name. */
const userPoolRows = ({ app }: LocalServer): [string, string][] =>
  app.userPools.map(({ userPoolId, clients }) => [
    'User pool',
    [userPoolId, ...clients.map(({ clientId }) => `client ${clientId}`)].join(', '),
  ]);

/** Who can reach a server that listens beyond this machine, and what they cannot do. */
function exposureRows({ exposedOn, urls }: LocalServer): [string, string][] {
  if (exposedOn === undefined) {
    return [];
  }
  const { port } = new URL(urls.graphql);
  const places = exposedOn.map((address) => (address.includes(':') ? `[${address}]` : address));
  const where = places.map((place) => `http://${place}:${port}`).join(', ') || 'no network at the moment';
  return [
    ['Open to', `everybody who can reach ${where}: API and console, with the credentials above`],
    ['Closed to', 'other machines: tokens, EvaluateCode, DynamoDB'],
  ];
}

/** One row for each process. */
const inspectorRows = ({ inspected = [] }: LocalServer): [string, string][] =>
  inspected.map(({ name, address }) => ['Inspector', `${address}  (${name})`]);

/** A single key alone; several keys with their logical ids. */
const apiKeyRows = ({ apiKeys }: ApiModel): [string, string][] =>
  apiKeys.map(({ key, logicalId }) => ['API key', apiKeys.length > 1 ? `${key}  (${logicalId})` : key]);

/** A terminal's height, less what the shell and npm print around it. */
const MOST_REASONS = 20;

/** Why the server does not start: the reason alone, or a list of all of them. */
export function refusalLines({ reasons }: StartFailure): string[] {
  if (reasons.length === 1) {
    return [...reasons];
  }
  const others = reasons.length - MOST_REASONS;
  return [
    `The API does not start, for ${reasons.length} reasons:`,
    ...reasons.slice(0, MOST_REASONS).map((reason) => `  - ${reason}`),
    ...(others > 0 ? [`  … and ${others} more; npx appsync-local check lists all problems of code`] : []),
  ];
}

const STYLES: Record<Severity, Style> = { error: 'red', warn: 'yellow', info: 'dim', debug: 'dim' };

/** @param severity colours the source. @default info */
export const sourceLine = (source: string, line: string, severity: Severity = 'info'): string =>
  `${styled(process.stderr, STYLES[severity], `[${source}]`)} ${line}`;

/** The output of a function or its host; null for the REPORT of each invocation, which would drown the rest. */
export const lambdaLine = ({ stream, functionName, line }: LambdaLogEntry): string | null =>
  stream === 'report' ? null : sourceLine(functionName, line);
