import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLoopbackAddress } from '../http/host-names.ts';
import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';
import type { AuthenticationType } from '../template/app-model.ts';
import { createAssets } from './assets.ts';

/** The page's settings for the API; served as `/_local/console.json`. */
export interface ConsoleSettings {
  /** The API's name. */
  title: string;
  /** SigV4 scope. */
  region: string;
  /** The API's authorization modes, the default one first; the page offers only these. */
  modes: AuthenticationType[];
  /** OpenID Connect providers that this server issues tokens for; for other providers users paste their own. */
  oidcIssuers: string[];
  /** Prefilled for `API_KEY`. */
  apiKey: string;
  /** Used for `AWS_IAM`; development credentials that only this server accepts. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Whether the server takes in saved files, and answers `/_local/app.json`. @default false */
  isWatched?: boolean;
}

/** Settings for a page on another machine, where users paste tokens and the credentials that the server printed at start-up. */
type SettingsElsewhere = Omit<ConsoleSettings, 'apiKey' | 'credentials' | 'isWatched'>;

const COMMON_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * The console: `GET /`, `/console/…` and `/_local/console.json`. It works offline; every byte comes from here. Only clients on
 * this machine get credentials; the router must keep other sites' pages away.
 *
 * @param find the folder of the built page
 */
export function createConsole(settings: ConsoleSettings, find: () => Promise<string>): Handle {
  const textHere = JSON.stringify(settings);
  const textElsewhere = JSON.stringify(withoutCredentials(settings));
  const answerAsset = createAssets(find, COMMON_HEADERS);
  let template: Promise<string> | undefined;

  return async (request) => {
    if (request.path === '/_local/console.json') {
      return settingsAnswer(isLoopbackAddress(request.remoteAddress) ? textHere : textElsewhere);
    }
    if (request.path !== '/') {
      return answerAsset(request);
    }
    const folder = await find();
    template ??= readFile(join(folder, 'index.html'), 'utf8');
    return page(await template, settings.title, request);
  };
}

const withoutCredentials = ({ title, region, modes, oidcIssuers }: ConsoleSettings): SettingsElsewhere => ({
  title,
  region,
  modes,
  oidcIssuers,
});

const settingsAnswer = (text: string): HttpResponse => ({
  status: 200,
  headers: { ...COMMON_HEADERS, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
  body: text,
});

function page(template: string, title: string, request: HttpRequest): HttpResponse {
  const nonce = randomBytes(16).toString('base64');
  return {
    status: 200,
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': 'text/html;charset=UTF-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy(nonce, request),
      'Cross-Origin-Opener-Policy': 'same-origin',
    },
    body: template.replaceAll('{{title}}', () => escapeHtml(title)).replaceAll('{{nonce}}', nonce),
  };
}

/**
 * As strict as GraphiQL 4 allows: its menus and React Aria add style elements, which carry the nonce, and its style sheet contains
 * images. Not every browser counts the page's own WebSockets as 'self', so they are named.
 */
function contentSecurityPolicy(nonce: string, { headers }: HttpRequest): string {
  const host = /^[\w.:[\]-]+$/.exec(String(headers['host'] ?? ''))?.[0] ?? 'localhost';
  return [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self' ws://${host} wss://${host}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
