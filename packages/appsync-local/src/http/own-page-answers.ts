import { RequestRefused } from '../auth/caller.ts';
import { isRecord } from '../ground/record.ts';
import type { Handle, HttpRequest, HttpResponse } from './message.ts';
import { requireOwnPage } from './own-page-only.ts';

/** Nobody keeps it, and no other page reads it. */
export const OWN_PAGE_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export const jsonAnswer = (value: object): HttpResponse => ({
  status: 200,
  headers: { ...OWN_PAGE_HEADERS, 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

/** Answers the console and programs of this machine with JSON; other pages are refused. */
export const ownPageJson =
  (answer: (request: HttpRequest) => object | Promise<object>): Handle =>
  async (request) => {
    requireOwnPage(request);
    return jsonAnswer(await answer(request));
  };

export const badRequest = (message: string): RequestRefused =>
  new RequestRefused(400, 'BadRequestException', message);

export const notFound = (message: string): RequestRefused =>
  new RequestRefused(404, 'NotFoundException', message);

/** The members of a request's body. @throws RequestRefused 400 for what is not a JSON object */
export async function jsonBody(request: Pick<HttpRequest, 'body'>): Promise<Record<string, unknown>> {
  const text = await request.body();
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) {
      return body;
    }
  } catch {
    // the same answer
  }
  throw badRequest('The body must be a JSON object.');
}

/** @throws RequestRefused 400 for what is not a text */
export function requireText(value: unknown, name: string): string {
  if (typeof value === 'string') {
    return value;
  }
  throw badRequest(`${name} must be a string, not ${JSON.stringify(value)}.`);
}
