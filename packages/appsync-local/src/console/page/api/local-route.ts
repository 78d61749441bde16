/**
 * Asks a route of the server itself, such as `/_local/token`.
 *
 * @param body sent as JSON by POST; without it the request is a GET
 * @throws Error with the server's reason; TypeError when it cannot be reached
 */
export async function localJson<T>(path: `/_local/${string}`, body?: object): Promise<T> {
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, body === undefined ? {} : post);
  const answer = (await response.json()) as T & { errors?: { message: string }[] };
  if (!response.ok) {
    throw new Error(answer.errors?.[0]?.message ?? `The server answered ${response.status}.`);
  }
  return answer;
}
