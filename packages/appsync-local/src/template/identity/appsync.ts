import { arnOf } from './identity.ts';
import type { Identity, Named } from './identity.ts';
import { lowerCaseId } from './names.ts';

/** The key that a local developer sends as `x-api-key`: that of an API's first `AWS::AppSync::ApiKey`. */
const LOCAL_API_KEY = 'da2-localdevkey000000000000000';

/** 26 lower-case letters and digits, like AppSync's own ids. */
const ID_LENGTH = 26;

const idOf = (resource: Named): string => lowerCaseId(ID_LENGTH, resource.stackName, resource.logicalId);
const textOf = (resource: Named, property: string): string => String(resource.property(property) ?? '');
const apiPart = (resource: Named): string => `apis/${textOf(resource, 'ApiId')}`;

const apiArn = (api: Named): string => arnOf(api, 'appsync', `apis/${idOf(api)}`);
const endpointsOf = (api: Named): Named['options']['endpoints'] =>
  api.options.isServed?.(api) === false ? undefined : api.options.endpoints;
const graphqlUrl = (api: Named): string =>
  endpointsOf(api)?.graphqlUrl ?? `https://${idOf(api)}.appsync-api.${api.region}.amazonaws.com/graphql`;
const realtimeUrl = (api: Named): string =>
  endpointsOf(api)?.realtimeUrl ??
  `wss://${idOf(api)}.appsync-realtime-api.${api.region}.amazonaws.com/graphql`;

const dataSourceArn = (source: Named): string =>
  arnOf(source, 'appsync', `${apiPart(source)}/datasources/${textOf(source, 'Name')}`);
const functionArn = (step: Named): string =>
  arnOf(step, 'appsync', `${apiPart(step)}/functions/${idOf(step)}`);
const resolverArn = (resolver: Named): string =>
  arnOf(
    resolver,
    'appsync',
    `${apiPart(resolver)}/types/${textOf(resolver, 'TypeName')}/resolvers/${textOf(resolver, 'FieldName')}`,
  );
const apiKeyArn = (key: Named): string => arnOf(key, 'appsync', `${apiPart(key)}/apikey/${apiKeyId(key)}`);
/** AWS generates random keys. Here they are the same at every start, and nobody can derive the others without the first. */
const apiKey = (key: Named): string =>
  key.options.isFurtherApiKey?.(key)
    ? `da2-${lowerCaseId(ID_LENGTH, 'ApiKey', key.options.apiKey ?? '', key.stackName, key.logicalId)}`
    : (key.options.apiKey ?? LOCAL_API_KEY);
const apiKeyId = (key: Named): string => `apikey${lowerCaseId(6, key.stackName, key.logicalId)}`;

/** The attributes that CloudFormation gives (docs/facts/deployment.md#api-properties, docs/facts/deployment.md#arns). */
export const appsyncIdentities: Record<string, Identity> = {
  'AWS::AppSync::GraphQLApi': {
    ref: apiArn,
    attributes: {
      ApiId: idOf,
      Arn: apiArn,
      GraphQLUrl: graphqlUrl,
      GraphQLDns: (api) => new URL(graphqlUrl(api)).host,
      GraphQLEndpointArn: (api) => arnOf(api, 'appsync', `endpoints/graphql-api/${idOf(api)}`),
      RealtimeUrl: realtimeUrl,
      RealtimeDns: (api) => new URL(realtimeUrl(api)).host,
    },
  },
  'AWS::AppSync::GraphQLSchema': {
    ref: (schema) => `${textOf(schema, 'ApiId')}GraphQLSchema`,
    attributes: { Id: (schema) => `${textOf(schema, 'ApiId')}GraphQLSchema` },
  },
  'AWS::AppSync::ApiKey': {
    ref: apiKeyArn,
    attributes: {
      ApiKey: apiKey,
      ApiKeyId: apiKeyId,
      Arn: apiKeyArn,
    },
  },
  'AWS::AppSync::DataSource': {
    ref: dataSourceArn,
    attributes: { DataSourceArn: dataSourceArn, Name: (source) => textOf(source, 'Name') },
  },
  'AWS::AppSync::FunctionConfiguration': {
    ref: functionArn,
    attributes: {
      FunctionArn: functionArn,
      FunctionId: idOf,
      Name: (step) => textOf(step, 'Name'),
      DataSourceName: (step) => textOf(step, 'DataSourceName'),
    },
  },
  'AWS::AppSync::Resolver': {
    ref: resolverArn,
    attributes: {
      ResolverArn: resolverArn,
      TypeName: (resolver) => textOf(resolver, 'TypeName'),
      FieldName: (resolver) => textOf(resolver, 'FieldName'),
    },
  },
};
