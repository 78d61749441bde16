import type { DataSource } from '../../packages/appsync-local/src/data-sources/data-source.ts';
import { createDynamoDbDataSource } from '../../packages/appsync-local/src/data-sources/dynamodb/dynamodb.ts';
import { createLambdaDataSource } from '../../packages/appsync-local/src/data-sources/lambda.ts';
import { createNoneDataSource } from '../../packages/appsync-local/src/data-sources/none.ts';
import type { InvokeLambda } from '../../packages/appsync-local/src/lambda/lambda-result.ts';
import { loadResolvers } from '../../packages/appsync-local/src/resolver/load-resolvers.ts';
import { type Resolver, runResolver } from '../../packages/appsync-local/src/resolver/resolver.ts';
import { createRuntime } from '../../packages/appsync-local/src/runtime/runtime.ts';
import type { AppSyncRuntime } from '../../packages/appsync-local/src/runtime/runtime.types.ts';
import type { DataSourceModel } from '../../packages/appsync-local/src/template/app-model.ts';
import type { Workbench } from './workbench.ts';

/**
 * Resolves a field as the local engine does, without GraphQL around it.
 * @param identity default: null, that of an API key
 * @throws Error when an error is raised
 */
export type Resolve = (
  field: string,
  args: Record<string, unknown>,
  identity?: Record<string, unknown>,
) => Promise<unknown>;

/** @param runtime one that watches; default: a plain one */
export function openResolvers(
  { app, client }: Workbench,
  invokeLambda: InvokeLambda,
  runtime: AppSyncRuntime = createRuntime(),
): Resolve {
  const dataSource = (model: DataSourceModel): DataSource => {
    if (model.type === 'AMAZON_DYNAMODB') {
      return createDynamoDbDataSource(model, {
        client,
        tokenKey: Buffer.alloc(32),
        invokeLambda,
        containers: runtime.containers,
      });
    }
    if (model.type === 'AWS_LAMBDA') {
      return createLambdaDataSource(model, invokeLambda);
    }
    if (model.type === 'NONE') {
      return createNoneDataSource(model);
    }
    throw new Error(`data source ${model.name} is of type ${model.type}`);
  };
  const { api } = app;
  const dataSources = new Map(api.dataSources.map((model) => [model.name, dataSource(model)]));
  const resolvers = loadResolvers(api, { runtime, dataSources, directDataSources: new Map() });
  return async (field, args, identity) => {
    const context = contextOf(runtime, field, args, api.environment, identity ?? null);
    const run = await runResolver(found(resolvers, field), context, { field });
    if (run.kind === 'raised') {
      throw new Error(`${field}: ${run.error.errorType}: ${run.error.message}`);
    }
    return run.value;
  };
}

function found(resolvers: Map<string, Resolver>, field: string): Resolver {
  const resolver = resolvers.get(field);
  if (!resolver) {
    throw new Error(`the template has no resolver ${field}`);
  }
  return resolver;
}

/** As of a caller who selects five fields. */
function contextOf(
  runtime: AppSyncRuntime,
  field: string,
  args: Record<string, unknown>,
  env: Record<string, string>,
  identity: Record<string, unknown> | null,
) {
  const [parentTypeName, fieldName] = field.split('.') as [string, string];
  return runtime.createContext({
    arguments: args,
    identity,
    source: null,
    request: {
      headers: { 'x-api-key': 'da2-bench', 'content-type': 'application/json', host: 'localhost:4000' },
      domainName: null,
    },
    info: {
      fieldName,
      parentTypeName,
      variables: args,
      selectionSetList: ['id', 'version', 'payload', 'createdAt', 'updatedAt'],
      selectionSetGraphQL: '{\n  id\n  version\n  payload\n  createdAt\n  updatedAt\n}',
    },
    env,
  });
}
