/*
 * Who is signed in. Locally the server's own issuer gives a token to anybody; against a deployed stage `signIn` asks Amplify instead
 * (docs/front-end.md, "Sign in").
 */

const parameters = new URLSearchParams(location.search);

/** Of the stack's outputs, or the local server's. */
export const API = parameters.get('api') ?? 'http://localhost:4000/graphql';
export const USER = parameters.get('user') ?? 'alice';
const SECONDS = Number(parameters.get('seconds') ?? 3600);

let session: { token: string; endsAt: number } | null = null;

/** A token that is good for a while, asked for anew when the last one has ended or was refused. */
export async function getToken({ forceRefresh = false } = {}): Promise<string> {
  if (forceRefresh || !session || session.endsAt < Date.now()) {
    session = await signIn();
  }
  return session.token;
}

async function signIn(): Promise<{ token: string; endsAt: number }> {
  const response = await fetch(new URL('/_local/token', API), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: USER, expiresInSeconds: SECONDS }),
  });
  const { token } = (await response.json()) as { token: string };
  return { token, endsAt: Date.now() + (SECONDS - 1) * 1000 };
}
