import { existsSync } from 'node:fs';
import inspector from 'node:inspector';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartFailure } from '../ground/start-failure.ts';
import type { Debugger } from '../lambda/debugger.ts';
import { nodeMajor } from '../lambda/runtime-difference.ts';
import type { AppModel } from '../template/app-model.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close } from './logs.ts';

/** A debugger may stop code for as long as a timer of Node.js can wait, 24 days. */
export const PAUSE_MS = 2 ** 31 - 1;

/** Only this machine: whoever reaches an inspector can run any code here. */
const HOST = '127.0.0.1';

const LAST_PORT = 65_535;

/** What a debugger connects to. */
export interface Inspected {
  /** `resolvers`, or the name of a Lambda function. */
  name: string;
  /** `127.0.0.1:9229` */
  address: string;
}

/** The inspectors of `--inspect`: that of this process, where resolvers run, and one for each Lambda function on Node.js. */
export interface Inspection extends Debugger {
  /** Gives the functions of an app their ports. */
  takeOn(app: AppModel): void;
  of(app: AppModel): Inspected[];
}

/**
 * Opens the inspector of this process; a Lambda function gets the next port, and keeps it while the server runs.
 * @returns undefined unless `--inspect` asks for it
 * @throws StartFailure when the port is in use
 */
export function openInspection(options: LocalOptions, closers: Close[]): Inspection | undefined {
  const { inspectPort } = options;
  if (inspectPort === undefined) {
    return undefined;
  }
  inspector.open(inspectPort, HOST);
  if (inspector.url() === undefined) {
    throw new StartFailure(`--inspect: port ${inspectPort} is in use; pass another one`);
  }
  // Not waiting for debuggers: one that is connected would otherwise keep the server from stopping.
  closers.push(() => inspector.close());
  const ports = new Map<string, number>();
  const portOf: Inspection['portOf'] = ({ arn }) => ports.get(arn);
  const address = (port: number): string => `${HOST}:${port}`;
  return {
    portOf,
    takeOn({ lambdaFunctions }) {
      for (const { arn, runtime } of lambdaFunctions) {
        const next = inspectPort + 1 + ports.size;
        if (nodeMajor(runtime) !== null && !ports.has(arn) && next <= LAST_PORT) {
          ports.set(arn, next);
        }
      }
    },
    locate: sourcesOf(options),
    of: ({ lambdaFunctions }) => [
      { name: 'resolvers', address: address(inspectPort) },
      ...lambdaFunctions.flatMap((model) => {
        const port = portOf(model);
        return port === undefined ? [] : [{ name: model.functionName, address: address(port) }];
      }),
    ],
  };
}

/** Functions that a debugger may stop: without their time limit. */
export const withoutTimeLimits = (app: AppModel): AppModel => ({
  ...app,
  lambdaFunctions: app.lambdaFunctions.map((model) => ({ ...model, timeoutSeconds: PAUSE_MS / 1_000 })),
});

/** Bundlers name a source relative to where they ran, or to where the bundle went: here the first folder that has it counts. */
function sourcesOf({ assembly, template }: LocalOptions): (source: string) => string {
  const folders = [
    process.cwd(),
    ...(assembly === undefined ? [] : [resolve(assembly), dirname(resolve(assembly))]),
    ...(template === undefined ? [] : [dirname(resolve(template))]),
  ];
  return (source) => {
    if (source.startsWith('file:')) {
      return source;
    }
    const names = [source, source.replace(/^(?:\.{1,2}\/)+/, '')];
    const found = folders
      .flatMap((folder) => names.map((name) => resolve(folder, name)))
      .find((file) => existsSync(file));
    return found === undefined ? source : pathToFileURL(join(found)).href;
  };
}
