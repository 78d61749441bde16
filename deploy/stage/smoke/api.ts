import type { TypedDocumentString } from '../../../schema/generated/operations.ts';

/** Where an API is, and who calls it. */
export interface Target {
  graphqlUrl: string;
  realtimeUrl: string;
  /** `x-api-key` or `authorization`. */
  headers: Readonly<Record<string, string>>;
}

/** What an API answered that a step did not expect. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
}

/** AppSync itself gives up on a request after 30 s ("AWS AppSync endpoints and quotas": request execution time). */
export const PATIENCE_MS = 30_000;

interface Answer<Result> {
  data?: Result | null;
  errors?: { errorType?: string | null; message: string }[];
}

/** Sends one operation. @throws Unexpected where no GraphQL comes back */
export async function ask<Result, Variables>(
  { graphqlUrl, headers }: Target,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  const response = await fetch(graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: String(document), variables }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: Error & { cause?: Error }) => {
    throw new Unexpected(`no answer: ${error.cause?.message || error.message}`);
  });
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer<Result>;
  } catch {
    throw new Unexpected(`status ${response.status}, and no JSON: ${text.slice(0, 200)}`);
  }
}

/** The data of an operation. @throws Unexpected with its errors */
export async function dataOf<Result, Variables>(
  target: Target,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const { data, errors } = await ask(target, document, variables);
  if (errors || !data) {
    throw new Unexpected(whyOf(errors));
  }
  return data;
}

/** @throws Unexpected unless the operation is refused with this type alone */
export async function refusedAs<Result, Variables>(
  errorType: string,
  target: Target,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<void> {
  const { errors } = await ask(target, document, variables);
  if (errors?.length !== 1 || errors[0]!.errorType !== errorType) {
    throw new Unexpected(`expected a refusal as ${errorType}, got ${errors ? whyOf(errors) : 'data'}`);
  }
}

const whyOf = (errors: Answer<unknown>['errors'] = []): string =>
  errors.map(({ errorType, message }) => `${errorType ?? 'error'}: ${message}`).join('; ') || 'no data';
