import { randomBytes } from 'node:crypto';
import type { HttpResponse } from '../http/message.ts';

/** What the sign-in page shows. */
export interface SignInPage {
  /** The origin, or for apps outside browsers the URL, that the user goes back to. */
  target: string;
  userPoolId: string;
  /** Groups of the template. */
  groups: readonly string[];
  /** Names to choose from. */
  users: readonly string[];
  /** @default empty */
  user?: string;
  /** What AWS would refuse about this sign-in. */
  differences: readonly string[];
  /** What was wrong with the form that was sent. */
  problem?: string;
  /** Path and query that the form is sent to. */
  action: string;
}

/** The page where a developer says who signs in. It has no script, and sends its form to this server only. */
export const signInPage = (page: SignInPage): HttpResponse =>
  htmlPage(page.problem === undefined ? 200 : 400, 'Sign in', formOf(page), page.target);

/** A page that leads nowhere. @param reason a sentence without its full stop */
export const refusalPage = (status: number, reason: string): HttpResponse =>
  htmlPage(status, 'No sign-in', `<p role="alert">${escapeHtml(reason)}.</p>`);

const formOf = ({
  target,
  userPoolId,
  groups,
  users,
  user = '',
  differences,
  problem,
  action,
}: SignInPage): string => `
<p>to <strong>${escapeHtml(target)}</strong>, as a user of <code>${escapeHtml(userPoolId)}</code>. This is a local server: there are no passwords.</p>
${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="${escapeHtml(action)}">
  <label>User <input name="user" list="users" value="${escapeHtml(user)}" maxlength="128" autocomplete="off" autofocus></label>
  <datalist id="users">${users.map((name) => `<option value="${escapeHtml(name)}">`).join('')}</datalist>
  <fieldset>
    <legend>Groups</legend>
    ${groups.map((name) => `<label><input type="checkbox" name="group" value="${escapeHtml(name)}"> ${escapeHtml(name)}</label>`).join('\n    ')}
    <label>${groups.length > 0 ? 'Other groups' : 'Names'}, separated by commas <input name="other_groups" autocomplete="off"></label>
  </fieldset>
  <label>Seconds until tokens expire <input name="seconds" type="number" min="1" max="86400" placeholder="as the client says"></label>
  <p><button>Sign in</button> <button name="cancel" value="1" formnovalidate>Cancel</button></p>
</form>
${differences.length === 0 ? '' : `<p>AWS would refuse this sign-in:</p><ul>${differences.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>`}`;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 26rem; margin: 3rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
label { display: block; margin: .5rem 0; }
fieldset { border: 1px solid #8886; border-radius: 6px; }
input:not([type=checkbox]) { display: block; box-sizing: border-box; width: 100%; padding: .4rem; font: inherit; }
button { padding: .4rem 1rem; font: inherit; }
[role=alert] { border-left: 4px solid #c22; padding-left: .75rem; }`;

function htmlPage(status: number, title: string, body: string, target?: string): HttpResponse {
  const nonce = randomBytes(16).toString('base64');
  return {
    status,
    headers: {
      'Content-Type': 'text/html;charset=UTF-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': securityPolicy(nonce, target),
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      // Not `no-referrer`: with it browsers send the form with `Origin: null`.
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style nonce="${nonce}">${STYLE}
</style>
<h1>${title}</h1>
${body}
</html>
`,
  };
}

/** Browsers hold redirects after a form to `form-action` too, so it names the app. */
function securityPolicy(nonce: string, target?: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    `form-action ${target === undefined ? "'none'" : `'self' ${sourceOf(target)}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** An origin, or the scheme where the policy cannot express the host: apps' own schemes, addresses of IPv6. */
function sourceOf(target: string): string {
  const { protocol, host } = new URL(target);
  return /^https?:$/.test(protocol) && /^[\w.-]+(:\d+)?$/.test(host) ? `${protocol}//${host}` : protocol;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
