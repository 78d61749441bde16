import type { Api } from '../api/api.ts';
import { authorizeRealtime } from '../auth/authorize-realtime.ts';
import type { Authorize } from '../auth/caller.ts';
import type { LocalIssuer } from '../auth/local-issuer.ts';
import { createConsole } from '../console/console.ts';
import { createTables } from '../database/create-tables.ts';
import { onceEach } from '../ground/once-each.ts';
import { createGraphQLEndpoint } from '../http/graphql-endpoint.ts';
import type { Handle, HttpRequest } from '../http/message.ts';
import { createHandler, type HandlerOptions } from '../http/router.ts';
import type { Handshake, RealtimeConnection, RealtimeSocket } from '../http/web-socket.ts';
import type { InvocationSink, LambdaHost } from '../lambda/lambda-host.ts';
import type { InvokeLambda } from '../lambda/lambda-result.ts';
import { createFanOut } from '../realtime/fan-out.ts';
import { createSignIn, type SignInRoutes } from '../sign-in/sign-in.ts';
import type { FailureStore } from '../streams/failure-store.ts';
import type { AppModel } from '../template/app-model.ts';
import { codesOf } from '../template/codes-of.ts';
import type { Traces } from '../trace/request-trace.ts';
import { openApi } from './api.ts';
import { openAuthorize } from './authorize.ts';
import type { Code } from './code.ts';
import { Connections } from './connections.ts';
import type { Credentials } from './credentials.ts';
import { type DynamoDb, sweepExpiredItems } from './database.ts';
import { type FunctionSessions, NO_SESSIONS, openFunctionSessions } from './function-roles.ts';
import type { Inspection } from './inspection.ts';
import { openIssuers } from './kept-secrets.ts';
import { openLambda } from './lambda.ts';
import type { LocalOptions } from './local-options.ts';
import type { Logs } from './logs.ts';
import { type Change, Parts } from './parts.ts';
import { openRoles, type Roles } from './roles.ts';
import { openRuntime } from './runtime.ts';
import { stackOf } from './stack-of.ts';
import { checkMappings, openStreams } from './streams.ts';

/** What a server has whatever its app is. */
export interface Ground {
  options: LocalOptions;
  logs: Logs;
  /** Of the data; null keeps none. */
  directory: string | null;
  dynamoDb: DynamoDb;
  credentials: Credentials;
  code: Code;
  /** Stores the records that event source mappings drop. */
  failures: FailureStore;
  /** Encrypts pagination tokens. */
  tokenKey: Buffer;
  /** Hear of requests. Undefined when nobody wants to know. */
  traces: Traces | undefined;
  /** Hears of invocations of Lambda functions. Undefined when nobody wants to know. */
  invocations: InvocationSink | undefined;
  /** Undefined without a debugger. */
  inspection: Inspection | undefined;
  /** The folder of the console's page. */
  page: () => Promise<string>;
  /** Routes that do not depend on the app. */
  routes: Omit<HandlerOptions, 'graphql' | 'console' | 'issuers' | 'signIn'>;
}

/** An app with everything that answers its requests. */
interface RunningApp {
  app: AppModel;
  api: Api;
  authorize: Authorize;
  handle: Handle;
  roles: Roles;
}

/** Who may call, and who is called. */
interface Callers {
  roles: Roles;
  sessions: FunctionSessions;
  lambda: LambdaHost;
  issuers: LocalIssuer[];
  signIn: SignInRoutes;
}

/**
 * Runs one app at a time. Another one takes its place as a whole: only what differs is made anew, connections and subscriptions stay, and
 * requests under way end with what they began with.
 */
export class AppHost {
  readonly #ground: Ground;
  readonly #parts = new Parts();
  readonly #fanOut;
  readonly #connections: Connections;
  #running: RunningApp | undefined;
  #lambda: LambdaHost | undefined;

  constructor(ground: Ground) {
    const { logs, traces } = ground;
    this.#ground = ground;
    this.#fanOut = createFanOut((line) => logs.line('realtime', line));
    this.#connections = new Connections({
      authorize: authorizeRealtime((request) => this.#now.authorize(request)),
      subscribe: (request, origin) => this.#now.api.subscribe(request, origin),
      fanOut: this.#fanOut,
      traces,
      advise: onceEach((line) => logs.line('realtime', line, { severity: 'warn' })),
      report: (line, error) => logs.line('realtime', `${line}: ${stackOf(error)}`, { severity: 'error' }),
    });
  }

  get app(): AppModel {
    return this.#now.app;
  }

  get roles(): Roles {
    return this.#now.roles;
  }

  readonly handle: Handle = (request: HttpRequest) => this.#now.handle(request);

  /** Invokes a Lambda function of the app of the moment. */
  readonly invoke: InvokeLambda = (...given) => this.#invoke(...given);

  connect(handshake: Handshake, socket: RealtimeSocket): RealtimeConnection {
    return this.#connections.open(handshake, socket);
  }

  /**
   * Runs an app, in the place of the one before.
   * @returns the names of Lambda functions that are new or differ from those of before
   * @throws StartFailure when the app cannot run; the one before then goes on
   */
  async run(app: AppModel): Promise<string[]> {
    const before = this.#running;
    const change = this.#parts.begin();
    try {
      const next = await this.#prepare(app, change);
      const tables = await change.part('tables', app.tables, () =>
        createTables(this.#ground.dynamoDb.client, app.tables),
      );
      change.commit();
      this.#running = next.running;
      this.#lambda = next.lambda;
      const functions = await next.lambda.replace(app.lambdaFunctions);
      if (this.#ground.inspection) {
        // A debugger finds a function only once its process runs.
        await Promise.all(app.lambdaFunctions.map(({ arn }) => next.lambda.warm(arn)));
      }
      await this.#follow(app, tables);
      if (before && before.app.api.schema !== app.api.schema) {
        await this.#connections.renew();
      }
      return functions;
    } catch (error) {
      await change.drop();
      throw error;
    }
  }

  /** Resolves when no replaced Lambda function is being loaded. */
  async loaded(): Promise<void> {
    await this.#lambda?.loaded();
  }

  /** Stops following tables' streams, whose functions may call the API: before the API can no longer be reached. */
  stopStreams(): Promise<void> {
    return this.#parts.end('streams');
  }

  close(): Promise<void> {
    return this.#parts.close();
  }

  get #now(): RunningApp {
    if (!this.#running) {
      throw new Error('no app is running yet');
    }
    return this.#running;
  }

  /** Of the function host of the moment. */
  readonly #invoke: InvokeLambda = (...given) => this.#lambda!.invoke(...given);

  async #prepare(app: AppModel, change: Change): Promise<{ running: RunningApp; lambda: LambdaHost }> {
    const { dynamoDb, credentials, code, logs, options, tokenKey, traces, inspection } = this.#ground;
    inspection?.takeOn(app);
    const checking = code.checkAhead(app.api);
    const { roles, sessions, lambda, issuers, signIn } = await this.#openCallers(app, change);
    await checking;
    const runtime = await change.part('runtime', null, () =>
      openRuntime(logs, code, options, traces, inspection),
    );
    const given = [
      dynamoDb.client,
      this.#invoke,
      runtime,
      roles,
      credentials,
      tokenKey,
      this.#fanOut,
    ] as const;
    const api = openApi(app, ...given, logs, options);
    runtime.keepOnly(codesOf(app.api));
    const { authModes, apiKeys } = app.api;
    const authorize = await change.part('authorize', [authModes, apiKeys, basisOfRoles(app)], () =>
      openAuthorize(app, credentials, sessions.callers, issuers, this.#invoke, logs),
    );
    checkMappings(app, roles);
    const handle = this.#openHandle(app, api, authorize, { issuers, signIn });
    return { running: { app, api, authorize, handle, roles }, lambda };
  }

  async #openCallers(app: AppModel, change: Change): Promise<Callers> {
    const { dynamoDb, credentials, logs, directory, options, inspection, invocations } = this.#ground;
    const basis = basisOfRoles(app);
    const roles = await change.part('roles', basis, () => openRoles(app, (line) => logs.line('iam', line)));
    const sessions = await change.part('sessions', basis, () =>
      options.dynamoDbEndpoint === undefined ? openFunctionSessions(app, roles) : NO_SESSIONS,
    );
    const lambda = await change.part('functions', basis, (closers) =>
      openLambda(app, dynamoDb.endpoint, credentials, sessions, logs, closers, invocations, inspection),
    );
    const issuers = await change.part('issuers', [app.userPools, app.api.authModes], () =>
      openIssuers(app, directory),
    );
    const signIn = await change.part('sign-in', [app.userPools, app.api.authModes], () =>
      createSignIn(app.userPools, issuers),
    );
    return { roles, sessions, lambda, issuers, signIn };
  }

  #openHandle(
    { api: model, region }: AppModel,
    api: Api,
    authorize: Authorize,
    { issuers, signIn }: Pick<Callers, 'issuers' | 'signIn'>,
  ): Handle {
    const { credentials, page, routes, traces } = this.#ground;
    const settings = {
      title: model.name,
      region,
      modes: [...new Set(model.authModes.map(({ type }) => type))],
      apiKey: model.apiKeys[0]?.key ?? credentials.apiKey,
      oidcIssuers: issuers.filter(({ provider }) => provider === 'oidc').map(({ issuer }) => issuer),
      ...(routes.appState && { isWatched: true }),
      credentials: { accessKeyId: credentials.accessKeyId, secretAccessKey: credentials.secretAccessKey },
    };
    return createHandler({
      ...routes,
      graphql: createGraphQLEndpoint({
        authorize,
        execute: (request, origin) => api.execute(request, origin),
        log: routes.log,
        traces,
      }),
      console: createConsole(settings, page),
      issuers,
      signIn,
    });
  }

  /** Removes expired items and runs the event source mappings from now on: neither can run twice at a time. */
  async #follow(app: AppModel, tables: Awaited<ReturnType<typeof createTables>>): Promise<void> {
    const { dynamoDb, logs, options, directory, failures } = this.#ground;
    await this.#parts.replace('expiry', [app.tables, app.eventSourceMappings], (closers) =>
      sweepExpiredItems(app, dynamoDb, logs, closers, options.expirySweepMs),
    );
    await this.#parts.replace('streams', [app.eventSourceMappings, tables, app.region], (closers) =>
      openStreams(app, dynamoDb, tables, this.#invoke, directory, failures, logs, closers),
    );
  }
}

/** What roles and the credentials of their sessions are made of. */
const basisOfRoles = ({ api, region, accountId, roles, tables, lambdaFunctions }: AppModel): object => ({
  ...{ region, accountId, roles, tables },
  api: { arn: api.arn, dataSources: api.dataSources },
  functions: lambdaFunctions.map(({ arn, functionName, roleArn }) => ({ arn, functionName, roleArn })),
});
