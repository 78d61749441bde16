import { randomUUID } from 'node:crypto';

import { RequestRefused } from '../auth/caller.ts';
import { preflight } from './cors.ts';
import { createTokenEndpoint, wellKnown } from './issuer-endpoints.ts';
import type { TokenIssuer } from './issuer-endpoints.ts';
import type { Handle, HttpRequest, HttpResponse, LogFailure } from './message.ts';
import { answerFailure, refusal } from './refusal.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface HandlerOptions {
  /** GET and POST `/graphql`. */
  graphql: Handle;
  /** GET `/`, `/console/…` and `/_local/console.json`. @default none: these paths are unknown */
  console?: Handle;
  /** POST `/v1/dataplane-evaluatecode`. @default none: the path is unknown */
  evaluateCode?: Handle;
  /** POST `/v1/dataplane-evaluatetemplate`. @default none: the path is unknown */
  evaluateTemplate?: Handle;
  /** User pools of the API; the first one makes the tokens. @default none */
  issuers?: readonly TokenIssuer[];
  /** Names besides loopback that people reach this server by, such as the host it listens on. @default none */
  hostNames?: readonly string[];
  log: LogFailure;
}

interface Route {
  methods: Record<string, Handle>;
  /** Closed to pages of other sites, and without CORS headers. */
  sameOrigin: boolean;
}

type FindRoute = (path: string) => Route | undefined;

/** The whole HTTP side as one function of a request, port or no port. Never rejects. */
export function createHandler(options: HandlerOptions): Handle {
  const findRoute = createFindRoute(options);
  const hostNames = (options.hostNames ?? []).map((name) => name.toLowerCase());

  return async (request) => {
    try {
      const route = findRoute(request.path);
      if (request.method === 'OPTIONS' && !route?.sameOrigin) return preflight(request);
      if (!route) throw unknownOperation(request);
      if (route.sameOrigin) requireSameOrigin(request, hostNames);
      const handle = Object.hasOwn(route.methods, request.method) ? route.methods[request.method] : undefined;
      return handle ? await handle(request) : methodNotAllowed(request, route);
    } catch (error) {
      return answerFailure(error, randomUUID(), options.log);
    }
  };
}

function createFindRoute(options: HandlerOptions): FindRoute {
  const { graphql, console, evaluateCode, evaluateTemplate, issuers = [] } = options;
  const routes = new Map<string, Route>();
  routes.set('/graphql', { methods: { GET: graphql, POST: graphql }, sameOrigin: false });
  routes.set('/_local/token', { methods: { POST: createTokenEndpoint(issuers) }, sameOrigin: true });
  if (evaluateCode) {
    routes.set('/v1/dataplane-evaluatecode', { methods: { POST: evaluateCode }, sameOrigin: true });
  }
  if (evaluateTemplate) {
    routes.set('/v1/dataplane-evaluatetemplate', { methods: { POST: evaluateTemplate }, sameOrigin: true });
  }
  const page: Route | undefined = console && { methods: { GET: console }, sameOrigin: true };
  return (path) => routes.get(path) ?? (page && isConsole(path) ? page : wellKnownRoute(issuers, path));
}

const isConsole = (path: string): boolean =>
  path === '/' || path === '/_local/console.json' || path.startsWith('/console/');

function wellKnownRoute(issuers: readonly TokenIssuer[], path: string): Route | undefined {
  const handle = wellKnown(issuers, path);
  return handle && { methods: { GET: handle }, sameOrigin: false };
}

/** An unknown path on the host (docs/facts/graphql.md#unknown-path). */
const unknownOperation = ({ method, path }: HttpRequest): RequestRefused =>
  new RequestRefused(
    404,
    'UnknownOperationException',
    `${method} ${path} is unknown here; GraphQL is at /graphql.`,
  );

/** RFC 9110 15.5.6 wants the methods that are allowed. */
function methodNotAllowed({ method, path }: HttpRequest, route: Route): HttpResponse {
  const allowed = Object.keys(route.methods).join(', ');
  const message = `${path} does not answer ${method}; it answers ${allowed}.`;
  const response = refusal(new RequestRefused(405, 'MethodNotAllowedException', message), randomUUID());
  return { ...response, headers: { ...response.headers, Allow: allowed } };
}
