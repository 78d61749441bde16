import { isRecord } from '../../ground/record.ts';
import type { JsonObject } from '../json.ts';
import { quoted } from '../json.ts';
import { expandDataSourceRole, functionStatements, tableStatements } from './data-source-role.ts';
import {
  attemptAll,
  attribute,
  defined,
  made,
  pick,
  reference,
  refusal,
  section,
  sections,
} from './sam-resource.ts';
import type { Resources, SamResource } from './sam-resource.ts';

const RUNTIME = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };

/** The code of a resolver without any: it hands on what its last AppSync function returned. */
const DEFAULT_CODE = `
export function request(ctx) {
    return {};
}

export function response(ctx) {
    return ctx.prev.result;
}
`;

/** By the authorization mode: SAM's name of its configuration, and AppSync's. */
const AUTH_CONFIGS: Record<string, [sam: string, appSync: string]> = {
  AWS_LAMBDA: ['LambdaAuthorizer', 'LambdaAuthorizerConfig'],
  OPENID_CONNECT: ['OpenIDConnect', 'OpenIDConnectConfig'],
  AMAZON_COGNITO_USER_POOLS: ['UserPool', 'UserPoolConfig'],
};

/**
 * `AWS::Serverless::GraphQLApi`, as SAM makes AppSync's resources of it, with the logical ids that SAM gives them ("Generated
 * CloudFormation resources", and the output of samtranslator 1.115.0). Logging and domain names have no effect here and are left out.
 * What SAM refuses of one part is a problem, and the other parts are looked at all the same.
 */
export function expandGraphqlApi(resource: SamResource): Resources {
  const { logicalId: id } = resource;
  const apiId = attribute(id, 'ApiId');
  const names = new Map<string, unknown>();
  const functionIds = new Map<string, unknown>();
  return attemptAll(resource, [
    () => ({ [id]: expandApi(resource) }),
    () => expandAuthorizerPermissions(resource),
    () => ({
      [`${id}Schema`]: made(resource, 'AWS::AppSync::GraphQLSchema', { ApiId: apiId, ...schemaOf(resource) }),
    }),
    () => expandApiKeys(resource, apiId),
    () => expandCache(resource, apiId),
    () => expandDataSources(resource, apiId, names),
    () => expandFunctions(resource, apiId, names, functionIds),
    () => expandResolvers(resource, apiId, functionIds),
  ]);
}

function expandApi(resource: SamResource) {
  const { logicalId, properties } = resource;
  const auth = section(resource, 'Auth');
  const additional = Array.isArray(auth['Additional']) ? auth['Additional'].filter(isRecord) : [];
  return made(resource, 'AWS::AppSync::GraphQLApi', {
    Name: properties['Name'] ?? logicalId,
    ...pick(
      properties,
      'XrayEnabled',
      'Visibility',
      'OwnerContact',
      'IntrospectionConfig',
      'QueryDepthLimit',
      'ResolverCountLimit',
    ),
    ...authConfig(logicalId, auth),
    ...(additional.length > 0 && {
      AdditionalAuthenticationProviders: additional.map((mode) => authConfig(logicalId, mode)),
    }),
  });
}

/** SAM connects the API with its Lambda authorizers: the default mode, then the additional ones, by their place. */
function expandAuthorizerPermissions(resource: SamResource): Resources {
  const { logicalId } = resource;
  const auth = section(resource, 'Auth');
  const modes = [auth, ...(Array.isArray(auth['Additional']) ? auth['Additional'] : [])].map(
    (mode, index) => ({
      mode: isRecord(mode) ? mode : {},
      connector: `${logicalId}ToLambdaAuthConnector${index === 0 ? '' : index - 1}`,
    }),
  );
  return Object.fromEntries(
    modes
      .filter(({ mode }) => mode['Type'] === 'AWS_LAMBDA')
      .map(({ mode, connector }) => [
        `${connector}WriteLambdaPermission`,
        made(resource, 'AWS::Lambda::Permission', {
          Action: 'lambda:InvokeFunction',
          FunctionName: isRecord(mode['LambdaAuthorizer']) ? mode['LambdaAuthorizer']['AuthorizerUri'] : null,
          Principal: 'appsync.amazonaws.com',
          SourceArn: attribute(logicalId, 'Arn'),
        }),
      ]),
  );
}

function authConfig(logicalId: string, auth: JsonObject): JsonObject {
  const type = auth['Type'];
  if (typeof type !== 'string') {
    throw refusal(logicalId, 'Auth names no Type, such as API_KEY or AWS_IAM');
  }
  const config = AUTH_CONFIGS[type];
  if (config === undefined) {
    return { AuthenticationType: type };
  }
  const [sam, appSync] = config;
  if (auth[sam] === undefined) {
    throw refusal(logicalId, `Auth of the Type ${type} needs '${sam}'`);
  }
  return { AuthenticationType: type, [appSync]: auth[sam] };
}

function schemaOf({ logicalId, properties }: SamResource): JsonObject {
  const { SchemaInline, SchemaUri } = properties;
  if ((SchemaInline === undefined) === (SchemaUri === undefined)) {
    throw refusal(logicalId, "it must have one of 'SchemaInline' and 'SchemaUri'");
  }
  return { Definition: SchemaInline, DefinitionS3Location: SchemaUri };
}

const expandApiKeys = (resource: SamResource, apiId: JsonObject): Resources =>
  Object.fromEntries(
    Object.entries(section(resource, 'ApiKeys')).map(([name, value]) => {
      const key = isRecord(value) ? value : {};
      return [
        `${resource.logicalId}${name}`,
        made(resource, 'AWS::AppSync::ApiKey', {
          ApiId: apiId,
          ...pick(key, 'ApiKeyId', 'Description'),
          Expires: key['ExpiresOn'],
        }),
      ];
    }),
  );

const expandCache = (resource: SamResource, apiId: JsonObject): Resources =>
  resource.properties['Cache'] === undefined
    ? {}
    : {
        [`${resource.logicalId}ApiCache`]: made(resource, 'AWS::AppSync::ApiCache', {
          ApiId: apiId,
          ...section(resource, 'Cache'),
        }),
      };

/** @param names receives how functions name each data source */
function expandDataSources(resource: SamResource, apiId: JsonObject, names: Map<string, unknown>): Resources {
  const { DynamoDb, Lambda } = section(resource, 'DataSources');
  const make = (
    kind: string,
    all: unknown,
    connector: string,
    configOf: (source: JsonObject) => { config: JsonObject; statements: JsonObject[] },
  ): Resources => {
    const resources: Resources = {};
    for (const [name, source] of sections(isRecord(all) ? all : {})) {
      const logicalId = `${resource.logicalId}${name}${kind}DataSource`;
      const { config, statements } = configOf(source);
      const role = expandDataSourceRole(resource, logicalId, connector, statements);
      names.set(name, attribute(logicalId, 'Name'));
      resources[logicalId] = made(resource, 'AWS::AppSync::DataSource', {
        ApiId: apiId,
        Name: source['Name'] ?? name,
        ...pick(source, 'Description'),
        ServiceRoleArn: source['ServiceRoleArn'] ?? role.arn,
        ...config,
      });
      Object.assign(resources, source['ServiceRoleArn'] === undefined ? role.resources : {});
    }
    return resources;
  };
  return {
    ...make('DynamoDB', DynamoDb, 'ToTableConnector', (source) => ({
      config: { Type: 'AMAZON_DYNAMODB', DynamoDBConfig: tableConfig(source) },
      statements: tableStatements(source),
    })),
    ...make('Lambda', Lambda, 'ToLambdaConnector', (source) => ({
      config: { Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: source['FunctionArn'] } },
      statements: functionStatements(source['FunctionArn']),
    })),
  };
}

const tableConfig = (source: JsonObject): JsonObject =>
  defined({
    AwsRegion: source['Region'] ?? reference('AWS::Region'),
    ...pick(source, 'TableName', 'UseCallerCredentials', 'Versioned'),
    DeltaSyncConfig: source['DeltaSync'],
  });

/** @param ids receives how resolvers name each AppSync function, also one that SAM refuses */
function expandFunctions(
  resource: SamResource,
  apiId: JsonObject,
  names: Map<string, unknown>,
  ids: Map<string, unknown>,
): Resources {
  const parts = sections(section(resource, 'Functions')).map(([name, step]) => {
    ids.set(name, step['Id'] ?? attribute(`${resource.logicalId}${name}`, 'FunctionId'));
    return () => (step['Id'] === undefined ? expandStep(resource, apiId, names, name, step) : {});
  });
  return attemptAll(resource, parts);
}

function expandStep(
  resource: SamResource,
  apiId: JsonObject,
  names: Map<string, unknown>,
  name: string,
  step: JsonObject,
): Resources {
  const none = `${resource.logicalId}NoneDataSource`;
  const title = `Functions.${name}`;
  const resources: Resources = {};
  if (step['InlineCode'] === undefined && step['CodeUri'] === undefined) {
    throw refusal(resource.logicalId, `${title} must have 'InlineCode' or 'CodeUri'`);
  }
  if (isNone(step['DataSource'])) {
    resources[none] = made(resource, 'AWS::AppSync::DataSource', { ApiId: apiId, Name: none, Type: 'NONE' });
    names.set(String(step['DataSource']), attribute(none, 'Name'));
  }
  resources[`${resource.logicalId}${name}`] = made(resource, 'AWS::AppSync::FunctionConfiguration', {
    ApiId: apiId,
    Name: step['Name'] ?? name,
    DataSourceName: dataSourceOf(resource, title, step['DataSource'], names),
    ...codeOf(resource, title, step),
    ...pick(step, 'Description', 'MaxBatchSize'),
    SyncConfig: step['Sync'],
  });
  return resources;
}

const isNone = (source: unknown): boolean => typeof source === 'string' && source.toLowerCase() === 'none';

/** A data source of the same API by its name, or an intrinsic function that names another one. */
function dataSourceOf(
  { logicalId }: SamResource,
  title: string,
  source: unknown,
  names: Map<string, unknown>,
): unknown {
  if (isRecord(source)) {
    return source;
  }
  const known = names.get(String(source));
  if (known === undefined) {
    throw refusal(
      logicalId,
      `${title} names the DataSource '${String(source)}'; DataSources has ${quoted(names.keys())}, and there is 'NONE'`,
    );
  }
  return known;
}

function expandResolvers(resource: SamResource, apiId: JsonObject, ids: Map<string, unknown>): Resources {
  const parts = sections(section(resource, 'Resolvers')).flatMap(([typeName, fields]) =>
    sections(fields).map(
      ([name, resolver]) =>
        () =>
          expandResolver(resource, apiId, ids, [typeName, name], resolver),
    ),
  );
  return attemptAll(resource, parts);
}

/** SAM has pipeline resolvers only. */
function expandResolver(
  resource: SamResource,
  apiId: JsonObject,
  ids: Map<string, unknown>,
  [typeName, name]: [typeName: string, name: string],
  resolver: JsonObject,
): Resources {
  const title = `Resolvers.${typeName}.${name}`;
  return {
    [`${resource.logicalId}${typeName}${name}`]: made(resource, 'AWS::AppSync::Resolver', {
      ApiId: apiId,
      TypeName: typeName,
      FieldName: resolver['FieldName'] ?? name,
      Kind: 'PIPELINE',
      PipelineConfig: { Functions: pipelineOf(resource, title, resolver['Pipeline'], ids) },
      ...(resolver['InlineCode'] === undefined && resolver['CodeUri'] === undefined
        ? { Code: DEFAULT_CODE, Runtime: RUNTIME }
        : codeOf(resource, title, resolver)),
      CachingConfig: resolver['Caching'],
      MaxBatchSize: resolver['MaxBatchSize'],
    }),
  };
}

function pipelineOf(
  { logicalId }: SamResource,
  title: string,
  pipeline: unknown,
  ids: Map<string, unknown>,
): unknown[] {
  if (!Array.isArray(pipeline) || pipeline.length === 0) {
    throw refusal(
      logicalId,
      `${title} must have a Pipeline; for a unit resolver use an AWS::AppSync::Resolver`,
    );
  }
  return pipeline.map((name) => {
    const id = ids.get(String(name));
    if (id === undefined) {
      throw refusal(
        logicalId,
        `${title} names the function '${String(name)}'; there is ${quoted(ids.keys())}`,
      );
    }
    return id;
  });
}

function codeOf({ logicalId }: SamResource, title: string, unit: JsonObject): JsonObject {
  const { InlineCode, CodeUri, Runtime } = unit;
  if (InlineCode !== undefined && CodeUri !== undefined) {
    throw refusal(logicalId, `${title} has both 'InlineCode' and 'CodeUri'; keep one`);
  }
  if (!isRecord(Runtime)) {
    throw refusal(logicalId, `${title} needs a Runtime: Name APPSYNC_JS, Version 1.0.0`);
  }
  return {
    Code: InlineCode,
    CodeS3Location: CodeUri,
    Runtime: { Name: Runtime['Name'], RuntimeVersion: Runtime['Version'] },
  };
}
