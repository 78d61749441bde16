import { RequestRefused } from '../auth/caller.ts';
import { hostNameOf, isAddress, isLoopbackName } from './host-names.ts';
import { headerText } from './message.ts';
import type { HttpRequest } from './message.ts';

export interface AdmissionOptions {
  /** Names besides loopback ones that this server is reached by, such as the host it listens on. @default none */
  hostNames?: readonly string[];
  /** Whether any address counts as this server's own, as it may where it listens on all of them. @default false */
  anyAddress?: boolean;
  /** Origins of pages that may call besides loopback ones, as browsers write them: `https://app.example`, `null`. @default none */
  origins?: readonly string[];
  /** Whether pages of loopback names and of the server itself need to be listed too. @default false */
  listedOnly?: boolean;
  /** Called with one line, once for each host or origin, that says who was refused and which option admits it. @default nothing is reported */
  report?: (line: string) => void;
}

/**
 * Judges a request by where it says it comes from and goes to, before anything else is done with it.
 *
 * @returns the origin of the page that may read the answer; null for a client that is no page
 * @throws RequestRefused 403 `AccessDeniedException`
 */
export type Admit = (request: Pick<HttpRequest, 'method' | 'headers'>) => string | null;

/** How the emulators of Android and Genymotion call the loopback address of the machine they run on (Android Studio, "Set up emulator networking"). */
const EMULATORS = ['10.0.2.2', '10.0.3.2'];

/** Refusals reported at most, so that nobody can flood the terminal. */
const MOST_REPORTS = 20;
/** Characters of a host name (RFC 1035 2.3.4). */
const LONGEST_NAME = 253;

/**
 * Any web page may send requests to a port of this machine, and the local credentials are not a secret; so pages are told
 * apart by their `Origin`, which a browser sends and a page cannot change (Fetch 3.1). Clients that are no browsers send
 * none and are admitted. A page whose name its owner points at this machine (DNS rebinding) has the same origin as the
 * server, and is told apart by the `Host` that it names.
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
    report(`refused a page of ${shortened(origin)}; pass --allow-origin ${shortened(origin)} to let it call`);
    throw denied(`Pages of ${origin} may not call this server; start it with --allow-origin ${origin}.`);
  };
}

/**
 * Browsers send no `Origin` with images, scripts and links, but say in `Sec-Fetch-Site` whose page asks (Fetch Metadata
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

/** `http://localhost:3000` → `localhost:3000`; undefined for origins of no web server, such as `null`. */
const hostOf = (origin: string): string | undefined => /^https?:\/\/([^/]+)$/.exec(origin)?.[1];

const isLoopbackOrigin = (origin: string): boolean => isLoopbackName(hostNameOf(hostOf(origin) ?? ''));

const denied = (message: string): RequestRefused => new RequestRefused(403, 'AccessDeniedException', message);

/** The client chose the text, so the terminal shows only as much of it as a host name may have. */
const shortened = (text: string): string =>
  text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text;

function onceEach(report: (line: string) => void): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (told.has(line) || told.size >= MOST_REPORTS) {
      return;
    }
    told.add(line);
    report(line);
  };
}
