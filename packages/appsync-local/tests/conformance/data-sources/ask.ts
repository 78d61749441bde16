import { randomUUID } from 'node:crypto';
import type { ErrorEntry } from '../../harness/target.ts';
import type { Check, ConformanceApi, Evidence } from '../check.ts';

/** What a data source came to, as a response handler saw it. */
export interface Seen {
  result: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- a check knows what it asked for
  error: { type: string; message: string } | null;
}

/** Operations that fields with `request: String!` are asked with. */
const documentOf = (field: string): string =>
  `${field === 'events' ? 'mutation' : 'query'} ($request: String!) { ${field}(request: $request) }`;

/** Hands a request to a field's data source. @throws Error when the field fails */
export async function ask(api: ConformanceApi, field: string, request: unknown): Promise<Seen> {
  const data = await api.succeed(documentOf(field), { request: JSON.stringify(request) });
  const { result = null, error = null } = JSON.parse(
    (data as Record<string, string>)[field]!,
  ) as Partial<Seen>;
  return { result, error };
}

/** The result of a request that must not fail. */
export async function resultOf(
  api: ConformanceApi,
  field: string,
  request: unknown,
): Promise<Seen['result']> {
  const { result, error } = await ask(api, field, request);
  if (error) {
    throw new Error(`unexpected ctx.error ${JSON.stringify(error)}`);
  }
  return result;
}

/** The error of a request that the field fails with. */
export const refusalOf = (api: ConformanceApi, field: string, request: unknown): Promise<ErrorEntry> =>
  api.fail(documentOf(field), { request: JSON.stringify(request) });

/** An id that no other run has used, so that checks can be repeated against AWS. */
export const freshId = (): string => randomUUID();

export const check = (
  id: string,
  promise: string,
  source: string,
  evidence: Evidence,
  run: Check['run'],
  more: Partial<Check> = {},
): Check => ({ id, promise, source, evidence, run, ...more });
