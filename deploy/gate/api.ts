import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { DeployFailure } from '../deploy-failure.ts';
import { resourcesOf, type Template } from './template.ts';

/** A mode of authorization, as CloudFormation names it: `API_KEY`. */
export type Mode = string;

/** The GraphQL API of a template. */
export interface Api {
  schema: GraphQLSchema;
  /** The default one first, which fields without a directive have. */
  modes: readonly Mode[];
  /** Whose tokens a mode takes, as text to compare: a user pool, an OpenID Connect issuer, with their conditions. */
  issuers: ReadonlyMap<Mode, string>;
}

/** AppSync's own scalars and directives, which a deployed schema uses without declaring them. */
const AWS = readFileSync(new URL('../../schema/aws.graphql', import.meta.url), 'utf8');

interface Provider {
  AuthenticationType: Mode;
  UserPoolConfig?: object;
  OpenIDConnectConfig?: object;
}

interface Properties extends Provider {
  AdditionalAuthenticationProviders?: Provider[];
}

/**
 * Reads the API of a template, with its schema.
 *
 * @param source names the template in a message
 * @returns undefined for a template without a schema in it
 * @throws DeployFailure for a schema that is none
 */
export function apiOf(template: Template, source: string): Api | undefined {
  const [[, schema] = []] = resourcesOf(template, 'AWS::AppSync::GraphQLSchema');
  const [[, api] = []] = resourcesOf(template, 'AWS::AppSync::GraphQLApi');
  const text = schema?.Properties?.['Definition'];
  if (typeof text !== 'string' || api?.Properties === undefined) {
    return undefined;
  }
  const properties = api.Properties as unknown as Properties;
  const providers = [properties, ...(properties.AdditionalAuthenticationProviders ?? [])];
  return {
    schema: schemaOf(text, source),
    modes: providers.map(({ AuthenticationType }) => AuthenticationType),
    issuers: new Map(
      providers.map(({ AuthenticationType, UserPoolConfig, OpenIDConnectConfig }) => [
        AuthenticationType,
        JSON.stringify(sorted({ ...UserPoolConfig, ...OpenIDConnectConfig })),
      ]),
    ),
  };
}

/** A pool of the default mode must say `ALLOW`, where another one may not (API reference, UserPoolConfig and CognitoUserPoolConfig). */
const sorted = (config: object): unknown[] =>
  Object.entries({ DefaultAction: 'ALLOW', ...config }).sort(([a], [b]) => (a < b ? -1 : 1));

function schemaOf(text: string, source: string): GraphQLSchema {
  try {
    return buildSchema(`${AWS}\n${text}`);
  } catch (error) {
    throw new DeployFailure(`${source} has a schema that cannot be read: ${(error as Error).message}`);
  }
}
