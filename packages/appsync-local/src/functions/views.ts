import { join } from 'node:path';
import { isFile } from '../ground/is-file.ts';
import { mainSource } from '../ground/source-map.ts';
import { mapOfFile } from '../lambda/source-lines.ts';
import { sourceMapOf } from '../runtime/source-positions.ts';
import type {
  AppModel,
  AppSyncFunctionModel,
  CodeModel,
  DataSourceModel,
  LambdaFunctionModel,
  ResolverModel,
} from '../template/app-model.ts';
import type { AppSyncFunctionView, LambdaView, ResolverView } from './function-view.ts';

/** What an app has, without what it did. */
export interface AppFunctions {
  lambdas: Omit<LambdaView, 'runs'>[];
  resolvers: Omit<ResolverView, 'runs'>[];
  appSyncFunctions: Omit<AppSyncFunctionView, 'runs'>[];
}

/** The Lambda functions, resolvers and AppSync functions of an app. Reads source maps, so keep the result for as long as the app runs. */
export function functionsOf(app: AppModel): AppFunctions {
  const { resolvers, functions } = app.api;
  return {
    lambdas: app.lambdaFunctions.map((model) => lambdaOf(model, app)),
    resolvers: resolvers.map((model) => resolverOf(model, app)).sort(by(({ field }) => field)),
    appSyncFunctions: functions.map((model) => appSyncFunctionOf(model, app)).sort(by(({ name }) => name)),
  };
}

const by =
  <T>(name: (one: T) => string) =>
  (a: T, b: T): number =>
    name(a).localeCompare(name(b));

function lambdaOf(model: LambdaFunctionModel, app: AppModel): AppFunctions['lambdas'][number] {
  const { functionName: name, logicalId, runtime, handler, memoryMb, timeoutSeconds } = model;
  const { environment, layers, reservedConcurrency } = model;
  const source = sourceOfLambda(model);
  return {
    ...{ name, logicalId, runtime, handler, memoryMb, timeoutSeconds },
    ...(source !== undefined && { source }),
    environment: Object.keys(environment).sort(),
    layers: layers.length,
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    calledBy: callersOf(model, app),
  };
}

/** The file of the handler, and what it was bundled from. */
function sourceOfLambda({ code, handler, sourceMaps }: LambdaFunctionModel): string | undefined {
  if (!('directory' in code)) {
    return undefined;
  }
  const module = join(code.directory, handler.replace(/\.[^./]*$/, ''));
  const file = ['.js', '.mjs', '.cjs'].map((ending) => `${module}${ending}`).find(isFile);
  return file === undefined ? undefined : mainSource(mapOfFile(file, sourceMaps));
}

/** Fields, and what the template has beside them. */
function callersOf({ arn }: LambdaFunctionModel, app: AppModel): string[] {
  const { api, eventSourceMappings, eventRules } = app;
  const sources = new Set(
    api.dataSources
      .filter((one) => one.type === 'AWS_LAMBDA' && one.functionArn === arn)
      .map(({ name }) => name),
  );
  const isAsked = (name: string): boolean => sources.has(name);
  const functions = api.functions.filter(({ dataSourceName }) => isAsked(dataSourceName));
  const ids = new Set(functions.map(({ functionId }) => functionId));
  return [
    ...api.resolvers.filter((one) => asks(one, isAsked, ids)).map(fieldOf),
    ...api.authModes.flatMap((mode) =>
      mode.type === 'AWS_LAMBDA' && mode.functionArn === arn ? ['authorizer of the API'] : [],
    ),
    ...eventSourceMappings
      .filter(({ functionArn }) => functionArn === arn)
      .map(({ tableName }) => `stream of ${tableName}`),
    ...eventRules
      .filter(({ targets }) => targets.some(({ functionArn }) => functionArn === arn))
      .map(({ name }) => `event rule ${name}`),
  ];
}

function asks(resolver: ResolverModel, isAsked: (name: string) => boolean, ids: Set<string>): boolean {
  switch (resolver.kind) {
    case 'UNIT':
      return isAsked(resolver.dataSourceName);
    case 'PIPELINE':
      return resolver.functionIds.some((id) => ids.has(id));
    case 'NOT_RUN':
      return false;
  }
}

const fieldOf = ({ typeName, fieldName }: ResolverModel): string => `${typeName}.${fieldName}`;

function resolverOf(model: ResolverModel, app: AppModel): AppFunctions['resolvers'][number] {
  const field = fieldOf(model);
  switch (model.kind) {
    case 'UNIT':
      return {
        ...{ field, kind: model.kind, functions: [] },
        dataSources: titlesOf([model.dataSourceName], app),
        ...sourceOf(model.code),
      };
    case 'PIPELINE': {
      const steps = model.functionIds.flatMap(
        (id) => app.api.functions.find(({ functionId }) => functionId === id) ?? [],
      );
      return {
        ...{ field, kind: model.kind, functions: steps.map(({ name }) => name) },
        dataSources: titlesOf(
          steps.map(({ dataSourceName }) => dataSourceName),
          app,
        ),
        ...sourceOf(model.code),
      };
    }
    case 'NOT_RUN':
      return { ...{ field, kind: model.kind, functions: [], dataSources: [] }, reason: model.reason };
  }
}

function appSyncFunctionOf(
  model: AppSyncFunctionModel,
  app: AppModel,
): AppFunctions['appSyncFunctions'][number] {
  const { name, functionId, dataSourceName, code, notRun } = model;
  const users = app.api.resolvers.filter(
    (one) => one.kind === 'PIPELINE' && one.functionIds.includes(functionId),
  );
  return {
    name,
    dataSources: titlesOf([dataSourceName], app),
    ...sourceOf(code),
    usedBy: users.map(fieldOf).sort(),
    ...(notRun !== undefined && { reason: notRun }),
  };
}

function sourceOf(code: CodeModel | undefined): { source?: string } {
  const source = code && mainSource(sourceMapOf(code.text, code.sourceMap));
  return source === undefined ? {} : { source };
}

const titlesOf = (names: string[], { api }: AppModel): string[] =>
  [...new Set(names)].map((name) => {
    const model = api.dataSources.find((one) => one.name === name);
    return model ? `${SERVICES[model.type]} ${name}` : name;
  });

const SERVICES: Record<DataSourceModel['type'], string> = {
  AMAZON_DYNAMODB: 'DynamoDB',
  AWS_LAMBDA: 'Lambda',
  HTTP: 'HTTP',
  AMAZON_EVENTBRIDGE: 'EventBridge',
  NONE: 'NONE',
  NOT_RUN: 'not run',
};
