import { StartFailure } from '../ground/start-failure.ts';
import type { ApiModel, DataSourceModel } from './app-model.ts';
import type { Attempt } from './not-run-here.ts';
import type { Problems } from './problems.ts';
import { readAuthModes } from './read-auth-modes.ts';
import { readText } from './read-code.ts';
import { isRunDataSource, readDataSource } from './read-data-sources.ts';
import { readFunction, readResolver } from './read-resolvers.ts';
import type { Resource } from './resource.ts';

/** The most that an API may have (docs/facts/limits.md#variables). */
const MOST_ENVIRONMENT_VARIABLES = 50;
const LONGEST_SCHEMA_BYTES = 1024 * 1024;

/**
 * Reads the API with everything that belongs to it.
 * @param resources all resources within reach; those of other APIs are skipped
 * @param problems receives what is wrong; the answer is complete only when nothing is
 * @param attemptRun what to do with what does not run here
 */
export function readApi(
  api: Resource,
  resources: Resource[],
  problems: Problems,
  attemptRun: Attempt,
): ApiModel {
  const { properties, logicalId } = api;
  const id = api.attribute('ApiId');
  const own = (type: string): Resource[] =>
    resources.filter((resource) => resource.type === type && belongsTo(id, resource, problems));
  const read = <T>(type: string, readOne: (resource: Resource) => T): T[] =>
    own(type).flatMap((resource) => problems.attempt(() => readOne(resource)) ?? []);
  const used = new Set(usedDataSources(resources, problems));
  const attempt = <T>(readOne: () => T, otherwise: T): T => problems.attempt(readOne) ?? otherwise;
  return {
    logicalId,
    id,
    arn: api.attribute('Arn'),
    name: attempt(() => properties.text('Name'), logicalId),
    schema: attempt(() => readSchema(only(api, own('AWS::AppSync::GraphQLSchema'))), ''),
    authModes: attempt(() => readAuthModes(properties, logicalId), []),
    apiKeys: read('AWS::AppSync::ApiKey', readApiKey),
    environment: attempt(() => readEnvironment(api), {}),
    introspectionEnabled: properties.optionalText('IntrospectionConfig') !== 'DISABLED',
    queryDepthLimit: attempt(() => properties.optionalNumber('QueryDepthLimit') ?? 0, 0),
    resolverCountLimit: attempt(() => properties.optionalNumber('ResolverCountLimit') ?? 0, 0),
    // An unused data source does not prevent the start.
    dataSources: read('AWS::AppSync::DataSource', (resource) =>
      used.has(resource.properties.text('Name')) || isRunDataSource(resource)
        ? [readSource(resource, attemptRun)]
        : [],
    ).flat(),
    functions: read('AWS::AppSync::FunctionConfiguration', (resource) => readFunction(resource, attemptRun)),
    resolvers: read('AWS::AppSync::Resolver', (resource) => readResolver(resource, attemptRun)),
  };
}

const readSource = (resource: Resource, attemptRun: Attempt): DataSourceModel =>
  attemptRun<DataSourceModel>(
    () => readDataSource(resource),
    (reason) => ({
      logicalId: resource.logicalId,
      name: resource.properties.text('Name'),
      type: 'NOT_RUN',
      deployedType: resource.properties.text('Type'),
      reason,
    }),
  );

/** Whether an AppSync resource is part of the API with this id. */
export const belongsTo = (apiId: string, { properties }: Resource, problems: Problems): boolean =>
  problems.attempt(() => properties.text('ApiId')) === apiId;

function readSchema(resource: Resource): string {
  const text = readText(resource, 'Definition', 'DefinitionS3Location');
  if (text === undefined) {
    throw new StartFailure(
      `${resource.properties.where}: the schema has neither Definition nor DefinitionS3Location`,
    );
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_SCHEMA_BYTES) {
    throw new StartFailure(
      `GraphQL schema ${resource.logicalId} has ${bytes} bytes; AppSync's limit is ${LONGEST_SCHEMA_BYTES} (1 MB)`,
    );
  }
  return text;
}

function only(api: Resource, schemas: Resource[]): Resource {
  const [schema, ...others] = schemas;
  if (schema !== undefined && others.length === 0) {
    return schema;
  }
  throw new StartFailure(
    `GraphQL API ${api.logicalId} must have one AWS::AppSync::GraphQLSchema; it has ${schemas.length}`,
  );
}

function readApiKey(resource: Resource): ApiModel['apiKeys'][number] {
  const expires = resource.properties.optionalNumber('Expires');
  const key = resource.attribute('ApiKey');
  return { logicalId: resource.logicalId, key, ...(expires !== undefined && { expires }) };
}

function readEnvironment(api: Resource): Record<string, string> {
  const environment = api.properties.texts('EnvironmentVariables');
  const count = Object.keys(environment).length;
  if (count > MOST_ENVIRONMENT_VARIABLES) {
    throw new StartFailure(
      `GraphQL API ${api.logicalId} has ${count} environment variables; AppSync's limit is ${MOST_ENVIRONMENT_VARIABLES}`,
    );
  }
  return environment;
}

/** Names of the data sources that some resolver reaches, directly or through an AppSync function. */
function usedDataSources(resources: Resource[], problems: Problems): string[] {
  const ofType = (type: string): Resource[] => resources.filter((resource) => resource.type === type);
  const attempt = <T>(read: () => T[]): T[] => problems.attempt(read) ?? [];
  const resolvers = ofType('AWS::AppSync::Resolver');
  const functionIds = resolvers.flatMap(({ properties }) =>
    attempt(() => properties.optionalSection('PipelineConfig')?.list('Functions').map(String) ?? []),
  );
  const functions = ofType('AWS::AppSync::FunctionConfiguration').filter((step) =>
    functionIds.includes(step.attribute('FunctionId')),
  );
  return [...resolvers, ...functions].flatMap(({ properties }) =>
    attempt(() => [properties.optionalText('DataSourceName') ?? []].flat()),
  );
}
