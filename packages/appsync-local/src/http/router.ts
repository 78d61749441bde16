import { randomUUID } from 'node:crypto';
import { RequestRefused } from '../auth/caller.ts';
import type { Admit } from './admission.ts';
import { addCors, preflight } from './cors.ts';
import { createTokenEndpoint, wellKnown } from './issuer-endpoints.ts';
import type { TokenIssuer } from './issuer-endpoints.ts';
import { requireLoopback } from './loopback-only.ts';
import { headerText } from './message.ts';
import type { Handle, HttpRequest, HttpResponse, LogFailure } from './message.ts';
import { answerFailure, refusal } from './refusal.ts';

export interface HandlerOptions {
  /** GET and POST `/graphql`. */
  graphql: Handle;
  /** GET `/`, `/console/…` and `/_local/console.json`. @default these paths are unknown */
  console?: Handle;
  /** GET `/_local/app.json`. @default the path is unknown */
  appState?: Handle;
  /** GET `/_local/requests` and what is below it. @default the paths are unknown */
  requests?: Handle;
  /** GET `/_local/data`, POST `/_local/data/read`, `…/write` and `…/mentions`. @default the paths are unknown */
  data?: { tables: Handle; read: Handle; write: Handle; mentions: Handle };
  /** GET `/_local/functions`, `…/invocations` and `…/runs`, POST `…/invoke`. @default the paths are unknown */
  functions?: { list: Handle; invocations: Handle; runs: Handle; invoke: Handle };
  /** GET `/_local/logs`. @default the path is unknown */
  logs?: Handle;
  /** POST `/v1/dataplane-evaluatecode`. @default the path is unknown */
  evaluateCode?: Handle;
  /** POST `/v1/dataplane-evaluatetemplate`. @default the path is unknown */
  evaluateTemplate?: Handle;
  /** By path and method: how users of a user pool sign in. @default none */
  signIn?: Record<string, Record<string, Handle>>;
  /** User pools of the API; the first one issues the tokens. @default none */
  issuers?: readonly TokenIssuer[];
  /** Checks every request before anything else happens. */
  admit: Admit;
  log: LogFailure;
}

interface Route {
  methods: Record<string, Handle>;
  /** Whether the path issues credentials, runs code or shows requests or data, and therefore only answers clients on this machine. */
  isLoopbackOnly: boolean;
}

type FindRoute = (path: string) => Route | undefined;

/** The whole HTTP side as one function of a request, with or without a port. Never rejects. */
export function createHandler(options: HandlerOptions): Handle {
  const findRoute = createFindRoute(options);

  const answer = async (request: HttpRequest): Promise<HttpResponse> => {
    const route = findRoute(request.path);
    if (isPreflight(request)) {
      return preflight(request);
    }
    if (!route) {
      throw unknownOperation(request);
    }
    if (route.isLoopbackOnly) {
      requireLoopback(request);
    }
    const handle = Object.hasOwn(route.methods, request.method) ? route.methods[request.method] : undefined;
    return handle ? handle(request) : methodNotAllowed(request, route);
  };

  return async (request) => {
    let origin: string | null = null;
    let response: HttpResponse;
    try {
      origin = options.admit(request);
      response = await answer(request);
    } catch (error) {
      response = answerFailure(error, randomUUID(), options.log);
    }
    addCors(response.headers, origin);
    return response;
  };
}

const isPreflight = (request: HttpRequest): boolean =>
  request.method === 'OPTIONS' && headerText(request, 'origin') !== undefined;

function createFindRoute(options: HandlerOptions): FindRoute {
  const {
    graphql,
    console,
    appState,
    requests,
    data,
    functions,
    logs,
    evaluateCode,
    evaluateTemplate,
    signIn = {},
    issuers = [],
  } = options;
  const routes = new Map<string, Route>();
  const add = (path: string, method: string, handle: Handle | undefined): void => {
    if (handle) {
      routes.set(path, { methods: { [method]: handle }, isLoopbackOnly: true });
    }
  };
  routes.set('/graphql', open({ GET: graphql, POST: graphql }));
  add('/_local/token', 'POST', createTokenEndpoint(issuers));
  add('/_local/app.json', 'GET', appState);
  add('/v1/dataplane-evaluatecode', 'POST', evaluateCode);
  add('/v1/dataplane-evaluatetemplate', 'POST', evaluateTemplate);
  add(REQUESTS, 'GET', requests);
  add('/_local/data', 'GET', data?.tables);
  add('/_local/data/read', 'POST', data?.read);
  add('/_local/data/write', 'POST', data?.write);
  add('/_local/data/mentions', 'POST', data?.mentions);
  Object.entries(signIn).forEach(([path, methods]) => routes.set(path, { methods, isLoopbackOnly: true }));
  const { '/': poolApi } = signIn;
  add('/_local/functions', 'GET', functions?.list);
  add('/_local/functions/invocations', 'GET', functions?.invocations);
  add('/_local/functions/runs', 'GET', functions?.runs);
  add('/_local/functions/invoke', 'POST', functions?.invoke);
  add('/_local/logs', 'GET', logs);
  const page = console && open({ GET: console });
  if (page && poolApi) {
    routes.set('/', open({ ...page.methods, ...onlyHere(poolApi) }));
  }
  return (path) =>
    routes.get(path.startsWith(`${REQUESTS}/`) ? REQUESTS : path) ??
    (page && isConsole(path) ? page : wellKnownRoute(issuers, path));
}

const REQUESTS = '/_local/requests';

/** For a path of which other methods are open to everybody. */
const onlyHere = (methods: Route['methods']): Route['methods'] =>
  Object.fromEntries(
    Object.entries(methods).map(([method, handle]): [string, Handle] => [
      method,
      async (request) => {
        requireLoopback(request);
        return handle(request);
      },
    ]),
  );

const open = (methods: Route['methods']): Route => ({ methods, isLoopbackOnly: false });

const isConsole = (path: string): boolean =>
  path === '/' || path === '/_local/console.json' || path.startsWith('/console/');

function wellKnownRoute(issuers: readonly TokenIssuer[], path: string): Route | undefined {
  const handle = wellKnown(issuers, path);
  return handle && open({ GET: handle });
}

/** An unknown path on the host (docs/facts/graphql.md#unknown-path). */
const unknownOperation = ({ method, path }: HttpRequest): RequestRefused =>
  new RequestRefused(
    404,
    'UnknownOperationException',
    `${method} ${path} is unknown here; GraphQL is at /graphql.`,
  );

/** RFC 9110 15.5.6 requires the allowed methods. */
function methodNotAllowed({ method, path }: HttpRequest, route: Route): HttpResponse {
  const allowed = Object.keys(route.methods).join(', ');
  const message = `${path} does not answer ${method}; it answers ${allowed}.`;
  const response = refusal(new RequestRefused(405, 'MethodNotAllowedException', message), randomUUID());
  return { ...response, headers: { ...response.headers, Allow: allowed } };
}
