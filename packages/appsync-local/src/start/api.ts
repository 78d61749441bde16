import { createApi, type Api } from '../api/api.ts';
import { authorizedInvoke } from '../data-sources/authorized-invoke.ts';
import { authorizedPutEvents } from '../data-sources/authorized-put-events.ts';
import type { DataSource } from '../data-sources/data-source.ts';
import { authorizedClient } from '../data-sources/dynamodb/authorized-client.ts';
import { createDynamoDbDataSource } from '../data-sources/dynamodb/dynamodb.ts';
import { createEventBridgeDataSource } from '../data-sources/event-bridge.ts';
import { createHttpDataSource } from '../data-sources/http.ts';
import { createDirectLambdaDataSource, createLambdaDataSource } from '../data-sources/lambda.ts';
import { createNoneDataSource } from '../data-sources/none.ts';
import { createNotRunDataSource } from '../data-sources/not-run.ts';
import type { DynamoDbClient } from '../database/dynamodb-client.ts';
import { createEventBuses } from '../events/event-buses.ts';
import { loadSchema } from '../graphql/schema.ts';
import type { InvokeLambda } from '../lambda/lambda-result.ts';
import type { FanOut } from '../realtime/fan-out.ts';
import { loadResolvers } from '../resolver/load-resolvers.ts';
import type { AppSyncRuntime } from '../runtime/runtime.types.ts';
import type { AppModel, DataSourceModel, TableModel } from '../template/app-model.ts';
import { createProblems } from '../template/problems.ts';
import type { Credentials } from './credentials.ts';
import { PAUSE_MS } from './inspection.ts';
import type { LocalOptions } from './local-options.ts';
import type { Logs } from './logs.ts';
import type { Roles } from './roles.ts';

/** @throws StartFailure for code or a schema that AppSync would refuse */
export function openApi(
  app: AppModel,
  client: DynamoDbClient,
  invoke: InvokeLambda,
  runtime: AppSyncRuntime,
  roles: Roles,
  credentials: Credentials,
  tokenKeyBytes: Buffer,
  fanOut: FanOut,
  logs: Logs,
  { awsCredentials = credentials, inspectPort }: Pick<LocalOptions, 'awsCredentials' | 'inspectPort'>,
): Api {
  const { api } = app;
  const waitMs = inspectPort === undefined ? undefined : PAUSE_MS;
  const putEvents = createEventBuses({
    rules: app.eventRules,
    region: app.region,
    accountId: app.accountId,
    deliver: (functionArn, payload, { name }) =>
      void invoke(functionArn, payload, 'Event', { by: `event rule ${name}` }),
  });
  const invokeFor = (model: DataSourceModel & { type: 'AWS_LAMBDA' }): InvokeLambda =>
    authorizedInvoke(invoke, roles.ofDataSource(model), model.invokedArn);
  const dataSource = (model: DataSourceModel): DataSource => {
    const judge = roles.ofDataSource(model);
    switch (model.type) {
      case 'AMAZON_DYNAMODB':
        return createDynamoDbDataSource(model, {
          client: authorizedClient(client, judge, { ...roles.tables, region: model.region }),
          tokenKey: tokenKeyBytes,
          invokeLambda: authorizedInvoke(invoke, judge),
          containers: runtime.containers,
          ...tableOf(app, model),
        });
      case 'AWS_LAMBDA':
        return createLambdaDataSource(model, invokeFor(model), waitMs);
      case 'AMAZON_EVENTBRIDGE':
        return createEventBridgeDataSource(model, authorizedPutEvents(putEvents, judge, model.busArn));
      case 'HTTP':
        return createHttpDataSource(model, {
          credentials: awsCredentials,
          report: (line) => logs.line('http', line),
        });
      case 'NONE':
        return createNoneDataSource(model);
      case 'NOT_RUN':
        return createNotRunDataSource(model.name, model.reason);
    }
  };
  const dataSources = new Map(api.dataSources.map((model) => [model.name, dataSource(model)]));
  const directLambdas = api.dataSources.flatMap((model) =>
    model.type === 'AWS_LAMBDA'
      ? [[model.name, createDirectLambdaDataSource(model, invokeFor(model), waitMs)] as const]
      : [],
  );
  const problems = createProblems();
  const schema = problems.attempt(() => loadSchema(api.schema, api.authModes, api.logicalId));
  const resolvers = problems.attempt(() =>
    loadResolvers(api, {
      runtime,
      dataSources,
      directDataSources: new Map([...dataSources, ...directLambdas]),
    }),
  );
  if (!schema || !resolvers) {
    throw problems.failure();
  }
  if (schema.ignored.length > 0) {
    logs.line(
      'schema',
      `These directives have no effect with this API's authorization modes: ${schema.ignored.join(', ')}. ` +
        'Use @aws_auth if Cognito is the only mode, and @aws_cognito_user_pools if there are others.',
    );
  }
  if (schema.unknown.length > 0) {
    logs.line(
      'schema',
      `AppSync does not know ${schema.unknown.join(', ')}, so it has no effect here either.`,
    );
  }
  return createApi({
    requestMs: waitMs,
    api,
    schema,
    runtime,
    resolvers,
    isWatched: (mutation) => fanOut.isWatched(mutation),
    publish: (event) => fanOut.publish(event),
    invalidate: (invalidation) => fanOut.invalidate(invalidation),
  });
}

function tableOf({ tables }: AppModel, { tableName }: { tableName: string }): { table?: TableModel } {
  const table = tables.find((each) => each.tableName === tableName);
  return table ? { table } : {};
}
