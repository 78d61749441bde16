/**
 * Asks a route of the server itself, such as `/_local/token`.
 *
 * @param body sent as JSON by POST; without it the request is a GET
 * @throws Error with the server's reason; TypeError when it cannot be reached
 */
export const localJson = async <T>(path: `/_local/${string}`, body?: object): Promise<T> =>
  (await answered(path, body)).json() as Promise<T>;

/** As `localJson`, for a route that answers with a text. */
export const localText = async (path: `/_local/${string}`): Promise<string> => (await answered(path)).text();

async function answered(path: string, body?: object): Promise<Response> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, body === undefined ? {} : post);
  if (!response.ok) {
    const refusal = (await response.json()) as { errors?: { message: string }[] };
    throw new Error(refusal.errors?.[0]?.message ?? `The server answered ${response.status}.`);
  }
  return response;
}
