import { resolve } from 'node:path';
import { apiKeyExpiresAt } from '../auth/api-key.ts';
import { isLoopback } from '../auth/oidc-provider.ts';
import { PageFolder } from '../console/page-folder.ts';
import { createDataRoutes } from '../data/routes.ts';
import { openEvaluations } from '../evaluation/evaluations.ts';
import { createFunctionRoutes } from '../functions/routes.ts';
import { bundle, bundleDirectory } from '../ground/bundle.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { createAppStateEndpoint } from '../http/app-state-endpoint.ts';
import { createEvaluateCode, createEvaluateTemplate } from '../http/evaluate-code.ts';
import type { Handle, LogFailure } from '../http/message.ts';
import type { Handshake, RealtimeConnection, RealtimeSocket } from '../http/web-socket.ts';
import type { Grant } from '../iam/role.ts';
import { fetchSdkV2 } from '../lambda/fetched-sdk-v2.ts';
import { runtimeDifferences } from '../lambda/runtime-difference.ts';
import { missingSdkV2, withoutSdkV2 } from '../lambda/runtime-packages.ts';
import { createLogRoute } from '../logs/routes.ts';
import { READ_UNIT_USD } from '../recorder/cost.ts';
import { createShow, type Show } from '../recorder/hidden.ts';
import { createRequestRoutes } from '../recorder/routes.ts';
import { createFailureStore, failurePlaces } from '../streams/failure-store.ts';
import type { AppModel, LambdaFunctionModel, UnavailableModel } from '../template/app-model.ts';
import type { Assembly } from '../template/assembly.ts';
import { readApp } from '../template/read-app.ts';
import { rulesWithoutEffect } from '../template/read-event-rules.ts';
import { AppState } from '../watch/app-state.ts';
import { assemblyOf } from './app-assembly.ts';
import { AppHost } from './app-host.ts';
import { AppWatch, type AppWatchOptions } from './app-watch.ts';
import { type Code, openCode } from './code.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { openDataDirectory } from './data-directory.ts';
import { openDynamoDb } from './database.ts';
import { bindDoors, exposedAmong, type LocalUrls, openAdmission, urlsOf } from './doors.ts';
import { endpointNotes, withEndpoints } from './endpoints.ts';
import { loadEnvironmentFile, type Variables, withVariables } from './environment-file.ts';
import { withFaultsOfCode } from './faults-of-code.ts';
import { type Inspected, openInspection, withoutTimeLimits } from './inspection.ts';
import { keeping, openActivity } from './kept-activity.ts';
import { openCertificate, tokenKey } from './kept-secrets.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close, Logs } from './logs.ts';
import { closeAll } from './parts.ts';
import { stackOf } from './stack-of.ts';
import { forgetStreams } from './streams.ts';
import { explainSystemError } from './system-failure.ts';
import { openTraces } from './traces.ts';

/** A running local server. */
export interface LocalServer {
  app: AppModel;
  urls: LocalUrls;
  credentials: Credentials;
  /** Addresses by which other machines can reach it, such as `192.168.1.5`; absent for a server that only this machine can reach. */
  exposedOn?: string[];
  /** The file with the certificate authority's certificate; absent when nothing is kept. */
  caFile?: string;
  /** What a debugger connects to; absent without `--inspect`. */
  inspected?: Inspected[];
  /** Resolves with the reason when the server can no longer work; close it then. */
  failure: Promise<string>;
  /** Things worth knowing that are not errors, one sentence each. */
  notes: string[];
  /** What the roles of data sources and Lambda functions allow of what is judged here, and whether a request needed it so far. */
  grants(): Grant[];
  /** Answers a request without a port. */
  handle: Handle;
  /** Opens a real-time connection without a port. */
  connect(handshake: Handshake, socket: RealtimeSocket): RealtimeConnection;
  close(): Promise<void>;
}

/**
 * Starts everything that a cloud assembly needs, and gives each part what it needs of the others.
 * @throws StartFailure with the reason in one line, after stopping everything already started
 */
export async function start(options: LocalOptions, logs: Logs): Promise<LocalServer> {
  const closers: Close[] = [];
  let reason: string | undefined;
  let tell: (reason: string) => void;
  const failure = new Promise<string>((resolve) => (tell = resolve));
  const failed = (why: string): void => tell((reason ??= why));
  try {
    return { ...(await startAll(options, logs, failed, closers)), failure };
  } catch (error) {
    await closeAll(closers, 'ended');
    throw reason === undefined ? explainSystemError(error) : new StartFailure(reason, { cause: error });
  }
}

async function startAll(
  options: LocalOptions,
  terminal: Logs,
  failed: (reason: string) => void,
  closers: Close[],
): Promise<Omit<LocalServer, 'failure'>> {
  const activity = options.recorder ? openActivity() : undefined;
  const logs = activity ? keeping(terminal, activity) : terminal;
  const directory = options.dataDirectory === undefined ? null : resolve(options.dataDirectory);
  if (directory !== null) {
    openDataDirectory(directory, (line) => logs.line('server', line));
  }
  const inspection = openInspection(options, closers);
  const certificate = openCertificate(directory);
  const log: LogFailure = ({ error, requestId }) =>
    logs.line('server', `${requestId ? `request ${requestId}: ` : ''}${stackOf(error)}`, {
      severity: 'error',
      requestId,
    });
  const doors = await bindDoors(options, certificate, log, closers);
  const credentials = openCredentials(doors.isExposed, directory);
  // The engine and the certificate do not depend on the template, so they start while it is synthesized.
  const starting = Promise.all([
    openDynamoDb(options, logs, failed, closers),
    directory === null ? null : certificate(),
  ]);
  const code = openCode(options, bundle, closers);
  const read: ReadModel = (assembly, variables) =>
    readModel(assembly, options, doors.port, credentials, variables);
  const loading = loadApp(options, read, logs, code);
  const [[dynamoDb, kept], app] = await both(starting, loading);
  options.signal?.throwIfAborted();
  if (withoutSdkV2(app.lambdaFunctions).length > 0) {
    await fetchSdkV2((line) => logs.line('lambda', line), options.signal);
  }
  if (options.reset && directory !== null) {
    forgetStreams(directory);
  }
  const evaluations = openEvaluations({ bundle: bundle?.directory, javascript: options.javascript });
  closers.push(() => evaluations.close());
  const admit = openAdmission(options, doors, (line) => logs.line('server', line));
  const state = options.watch ? new AppState(app.api.schema) : undefined;
  const { traces, recorder } = openTraces(options, logs);
  const show = (): Show => createShow(secretsOf(host.app, credentials), {});
  const failures = createFailureStore(directory);
  const page = new PageFolder();
  closers.push(async () => page.close());
  const host = new AppHost({
    failures,
    page: page.find,
    ...{ options, logs, directory, dynamoDb, credentials, code, traces, inspection },
    invocations: activity?.invocations,
    tokenKey: await tokenKey(directory),
    routes: {
      ...{
        admit,
        log,
        ...(state && { appState: createAppStateEndpoint((...given) => state.after(...given)) }),
      },
      data: createDataRoutes({
        client: dynamoDb.client,
        app: () => host.app,
        isWritable: options.dynamoDbEndpoint === undefined || isLoopback(options.dynamoDbEndpoint),
        readUnitUsd: READ_UNIT_USD,
        failures,
      }),
      functions: createFunctionRoutes({
        app: () => host.app,
        invoke: (...given) => host.invoke(...given),
        recorded: activity && recorder && { ...activity, recorder },
        show,
      }),
      ...(activity && { logs: createLogRoute(activity.lines, show) }),
      evaluateCode: createEvaluateCode({ evaluations, log }),
      evaluateTemplate: createEvaluateTemplate({ log }),
      ...(recorder && {
        requests: createRequestRoutes({
          recorder,
          app: () => host.app,
          url: urlsOf(options.host, doors.port, '').graphql,
          secrets: () => secretsOf(host.app, credentials),
          linesOf: (id) => activity?.lines.of(id) ?? [],
        }),
      }),
    },
  });
  closers.push(() => host.close());
  await host.run(app);
  options.signal?.throwIfAborted();
  doors.open(host.handle, { admit, open: (...given) => host.connect(...given) });
  closers.push(() => host.stopStreams());
  page.find().catch((error: Error) => logs.line('server', error.message, { severity: 'error' }));
  if (state) {
    await watchApp({ options, host, read, state, logs }, closers);
    code.expectNew();
  }
  return {
    get app() {
      return host.app;
    },
    urls: urlsOf(options.host, doors.port, dynamoDb.url),
    credentials,
    ...(doors.isExposed && { exposedOn: exposedAmong(doors) }),
    ...(kept?.caFile && { caFile: kept.caFile }),
    notes: [
      ...endpointNotes(app, options),
      ...host.roles.notes,
      ...notesOf(app, options.dataDirectory, Date.now()),
    ],
    ...(inspection && { inspected: inspection.of(app) }),
    grants: () => host.roles.grants(),
    handle: host.handle,
    connect: (...given) => host.connect(...given),
    close: () => closeAll(closers, 'ended'),
  };
}

async function watchApp(
  given: Omit<AppWatchOptions, 'bundle' | 'read'> & { read: ReadModel },
  closers: Close[],
): Promise<void> {
  const { environmentFile } = given.options;
  const variables = environmentFile ? loadEnvironmentFile(environmentFile) : {};
  const watch = new AppWatch({
    ...given,
    bundle: await bundleDirectory(),
    read: (assembly) => given.read(assembly, variables),
  });
  closers.push(async () => {
    given.state.close();
    await watch.close();
  });
  await watch.ready;
}
/** What nobody may be shown of a request. */
const secretsOf = ({ api }: AppModel, { apiKey, secretAccessKey }: Credentials): string[] => [
  ...api.apiKeys.map(({ key }) => key),
  apiKey,
  secretAccessKey,
];

/** Returns both values; if one fails it still waits for the other, so that what that one started can be closed. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}

async function loadApp(options: LocalOptions, read: ReadModel, logs: Logs, code: Code): Promise<AppModel> {
  const variables = options.environmentFile ? loadEnvironmentFile(options.environmentFile) : {};
  const expectNew = (line: string): void => {
    logs.progress(line);
    code.expectNew();
  };
  const assembly = await assemblyOf(options, expectNew, variables, options.signal);
  try {
    return read(assembly, variables);
  } catch (error) {
    throw error instanceof StartFailure ? withFaultsOfCode(error, assembly, code.translations) : error;
  }
}

type ReadModel = (assembly: Assembly, variables: Variables) => AppModel;

/** @throws StartFailure with everything of the app that cannot run here */
function readModel(
  assembly: Assembly,
  options: LocalOptions,
  port: number,
  { apiKey, areSecret }: Credentials,
  variables: Variables,
): AppModel {
  const { graphql, realtime } = urlsOf(options.host, port, '');
  const app = readApp(assembly, {
    endpoints: { graphqlUrl: graphql, realtimeUrl: realtime },
    apiLogicalId: options.apiLogicalId,
    ...(areSecret && { apiKey }),
    externalTables: options.dynamoDbEndpoint !== undefined,
    ...(options.endpoints && { givenEndpoints: options.endpoints }),
    givenVariables: variables,
    strict: options.strict,
  });
  const pausable = options.inspectPort === undefined ? app : withoutTimeLimits(app);
  return withVariables(options.endpoints ? withEndpoints(pausable, options.endpoints) : pausable, variables);
}

function notesOf(app: AppModel, dataDirectory: string | undefined, now: number): string[] {
  const { api, lambdaFunctions, eventRules, eventSourceMappings, unavailable, notRun, isCached } = app;
  const sdk = missingSdkV2(lambdaFunctions);
  const counts = new Map<string, number>();
  notRun.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
  const places = failurePlaces(
    eventSourceMappings.flatMap(({ onFailure }) => onFailure ?? []),
    dataDirectory,
  );
  const types = [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
  return [
    ...app.notes,
    ...runtimeDifferences(lambdaFunctions),
    ...layerNotes(lambdaFunctions),
    ...(sdk ? [sdk] : []),
    ...api.apiKeys
      .filter((apiKey) => apiKeyExpiresAt(apiKey, now) <= now)
      .map(({ logicalId }) => `API key ${logicalId} has expired and is refused; correct its Expires.`),
    ...api.authModes.flatMap((mode) =>
      mode.type === 'OPENID_CONNECT' && isLoopback(mode.issuer)
        ? [`The keys of OpenID Connect provider ${mode.issuer} are fetched when a token arrives.`]
        : [],
    ),
    ...unavailable.map(unavailableNote),
    ...(isCached ? ['Nothing is cached here: every request runs its resolvers.'] : []),
    ...rulesWithoutEffect(eventRules),
    ...(places ? [places] : []),
    ...(types ? [`Not emulated, no effect here: ${types}.`] : []),
  ];
}

const layerNotes = (functions: LambdaFunctionModel[]): string[] =>
  functions
    .filter(({ missingLayers }) => missingLayers.length > 0)
    .map(
      ({ functionName, missingLayers }) =>
        `${functionName} runs without ${missingLayers.join(', ')}, which the cloud assembly does not have.`,
    );

/** Names a few of the fields; the reason names what they all ask for. */
function unavailableNote({ reason, users }: UnavailableModel): string {
  const named = users.slice(0, MOST_USERS_NAMED).join(', ');
  const others = users.length - MOST_USERS_NAMED;
  return `Fails here: ${named}${others > 0 ? ` and ${others} more` : ''}, since ${reason}.`;
}

const MOST_USERS_NAMED = 5;
