import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import type { JsonObject } from '../local-references.ts';
import { isKindName } from '../read-kinds.ts';
import type { KindSchemas } from './generate-kinds.ts';
import { TypesFailure } from './types-failure.ts';

/** A running API, local or deployed, and the credentials for it. */
export interface Api {
  url: string;
  /** `x-api-key` or `authorization`. */
  headers: Record<string, string>;
}

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message?: string }[];
}

/** AppSync knows none of the younger fields of introspection. */
const INTROSPECTION = getIntrospectionQuery({ descriptions: true });

const WITHOUT_INTROSPECTION =
  'leave --url out, which takes schema/schema.graphql, or download its schema with\n' +
  '  aws appsync get-introspection-schema --api-id ID --format SDL api.graphql\n' +
  'and give it as --schema api.graphql';

/**
 * The schema of an API, in the schema definition language.
 *
 * @throws TypesFailure when it cannot be reached, refuses the credentials, or answers no introspection
 */
export async function askSchema(api: Api): Promise<string> {
  const { data, errors = [] } = await ask(api, INTROSPECTION);
  if (data?.['__schema']) {
    return printSchema(buildClientSchema(data as unknown as IntrospectionQuery));
  }
  const said = errors.map(({ message = '' }) => message).join('; ');
  throw new TypesFailure(
    /__schema|introspection/i.test(said)
      ? `${api.url} answers no introspection (${said}): ${WITHOUT_INTROSPECTION}`
      : `${api.url} answers introspection with errors: ${said || 'none that it names'}`,
  );
}

// part: validated-items
/**
 * The JSON Schemas of the kinds that an API validates.
 *
 * @throws TypesFailure
 */
export async function askKinds(api: Api): Promise<KindSchemas> {
  const { data, errors = [] } = await ask(api, '{ itemKinds { kind schema } }');
  const kinds = data?.['itemKinds'] as { kind: string; schema: string }[] | undefined;
  if (!Array.isArray(kinds)) {
    throw new TypesFailure(
      `${api.url} does not tell its kinds: ${errors[0]?.message ?? 'itemKinds is null'}`,
    );
  }
  const odd = kinds.find(({ kind }) => !isKindName(kind));
  if (odd) {
    throw new TypesFailure(
      `${api.url} has a kind called ${JSON.stringify(odd.kind)}, which is no name of a kind`,
    );
  }
  return new Map(kinds.map(({ kind, schema }) => [kind, JSON.parse(schema) as JsonObject]));
}
// end: validated-items

async function ask({ url, headers }: Api, query: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  }).catch((error: Error) => {
    const cause = (error.cause as Error | undefined)?.message || error.message;
    throw new TypesFailure(`${url} cannot be reached (${cause}): is the server running, and the URL right?`);
  });
  const answer = parsed(await response.text());
  if (response.status === 401 || response.status === 403) {
    const said = answer?.errors?.[0]?.message ?? `status ${response.status}`;
    throw new TypesFailure(`${url} refuses the credentials (${said}): give --api-key KEY or --token TOKEN`);
  }
  if (!response.ok || !answer || !('data' in answer || Array.isArray(answer.errors))) {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw new TypesFailure(
      `${url} answers with status ${response.status} and ${type}, which is not GraphQL: give the GraphQL URL of the API, which ends with /graphql`,
    );
  }
  return answer;
}

function parsed(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Answer | null) : null;
  } catch {
    return null;
  }
}
