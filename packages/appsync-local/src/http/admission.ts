import { RequestRefused } from '../auth/caller.ts';
import { onceEach } from '../ground/once-each.ts';
import { hostNameOf, isAddress, isLoopbackName } from './host-names.ts';
import { headerText } from './message.ts';
import type { HttpRequest } from './message.ts';

export interface AdmissionOptions {
  /** Names of this server besides loopback ones, such as the host that it listens on. @default none */
  hostNames?: readonly string[];
  /** Whether any address counts as this server's own, for a server that listens on all of them. @default false */
  anyAddress?: boolean;
  /** Origins of pages that may call besides loopback ones, in the form that browsers send: `https://app.example`, `null`. @default none */
  origins?: readonly string[];
  /** Whether pages of loopback names and of the server itself must be listed too. @default false */
  listedOnly?: boolean;
  /**
   * Receives one line, once for each host or origin, that says who was refused and which option would admit it. @default
   * nothing is reported
   */
  report?: (line: string) => void;
}

/**
 * Checks where a request comes from and which host it names, before anything else.
 *
 * @returns the origin of the page that may read the response; null for a client that is not a page
 * @throws RequestRefused 403 `AccessDeniedException`
 */
export type Admit = (request: Pick<HttpRequest, 'method' | 'headers'>) => string | null;

/**
 * The addresses under which the emulators of Android and Genymotion reach the loopback address of their machine (Android
 * Studio, "Set up emulator networking").
 */
const EMULATORS = ['10.0.2.2', '10.0.3.2'];

/** Characters of a host name (RFC 1035 2.3.4). */
const LONGEST_NAME = 253;

/**
 * Any web page can send requests to a port of this machine, and the local credentials are not a secret. Pages are identified by
 * their `Origin`, which a browser sends and a page cannot change (Fetch 3.1). Other clients send none and are admitted. A page
 * whose owner points its name at this machine (DNS rebinding) has the same origin as the server, and is identified by the
 * `Host` that it names.
 */
export function createAdmission(options: AdmissionOptions = {}): Admit {
  const hostNames = new Set([...EMULATORS, ...(options.hostNames ?? []).map((name) => name.toLowerCase())]);
  const origins = new Set((options.origins ?? []).map((origin) => origin.toLowerCase()));
  const report = onceEach(options.report ?? (() => undefined));
  const isOurs = (name: string): boolean =>
    isLoopbackName(name) || hostNames.has(name) || (options.anyAddress === true && isAddress(name));

  return (request) => {
    const host = (headerText(request, 'host') ?? '').toLowerCase();
    const name = hostNameOf(host);
    if (!isOurs(name)) {
      report(
        `refused a request for the host "${shortened(host)}"; if that is this server, pass --allow-host NAME`,
      );
      throw denied(
        `This server is not known as "${host}"; use http://localhost and the port, or start it with --allow-host ${name || 'NAME'}.`,
      );
    }
    const origin = headerText(request, 'origin');
    if (origin === undefined) {
      refuseForeignPage(request);
      return null;
    }
    const lower = origin.toLowerCase();
    const isOwn = !options.listedOnly && (isLoopbackOrigin(lower) || hostOf(lower) === host);
    if (isOwn || origins.has(lower)) {
      return origin;
    }
    report(`refused a page of ${shortened(origin)}; pass --allow-origin ${shortened(origin)} to admit it`);
    throw denied(`Pages of ${origin} may not call this server; start it with --allow-origin ${origin}.`);
  };
}

/**
 * Browsers send no `Origin` with images, scripts and links, but name the kind of page in `Sec-Fetch-Site` (Fetch Metadata
 * Request Headers 2.2). Following a link to the console only opens it; the other page learns nothing.
 */
function refuseForeignPage(request: Pick<HttpRequest, 'method' | 'headers'>): void {
  if (headerText(request, 'sec-fetch-site') !== 'cross-site' || isNavigation(request)) {
    return;
  }
  throw denied('This server does not answer requests of other sites’ pages.');
}

const isNavigation = (request: Pick<HttpRequest, 'method' | 'headers'>): boolean =>
  request.method === 'GET' && headerText(request, 'sec-fetch-mode') === 'navigate';

/** `http://localhost:3000` → `localhost:3000`; undefined for other origins, such as `null`. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/([^/]+)$/.exec(origin)?.[1];

const isLoopbackOrigin = (origin: string): boolean => isLoopbackName(hostNameOf(hostOf(origin) ?? ''));

const denied = (message: string): RequestRefused => new RequestRefused(403, 'AccessDeniedException', message);

/** The client chose the text, so the terminal shows at most the length of a host name. */
const shortened = (text: string): string =>
  text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;
