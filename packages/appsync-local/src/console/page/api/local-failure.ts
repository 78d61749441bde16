/**
 * What a failure of `localJson` is called on the page.
 * @param unknown where the server has no such path
 */
export function localFailure(error: unknown, unknown: string): string {
  const { message } = error as Error;
  if (message.includes('is unknown here')) {
    return unknown;
  }
  return error instanceof TypeError ? 'The server does not answer.' : message;
}
