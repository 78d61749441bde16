import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import * as esbuild from 'esbuild';

const HERE = import.meta.dirname;
const JS = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };

/** A table in a stack of its own. */
class StorageStack extends cdk.NestedStack {
  readonly lists: dynamodb.Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.lists = new dynamodb.Table(this, 'Lists', {
      partitionKey: { name: 'listId', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      removalPolicy: cdk.RemovalPolicy.DESTROY,
    });
  }
}

/** AppSync in L1 constructs, from the schema as an S3 object to each resolver. */
export class TodoStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    const storage = new StorageStack(this, 'Storage');
    const todos = new dynamodb.CfnTable(this, 'TodosTable', {
      billingMode: 'PAY_PER_REQUEST',
      attributeDefinitions: ['listId', 'todoId', 'status'].map((attributeName) => ({
        attributeName,
        attributeType: 'S',
      })),
      keySchema: [
        { attributeName: 'listId', keyType: 'HASH' },
        { attributeName: 'todoId', keyType: 'RANGE' },
      ],
      localSecondaryIndexes: [
        {
          indexName: 'byStatus',
          keySchema: [
            { attributeName: 'listId', keyType: 'HASH' },
            { attributeName: 'status', keyType: 'RANGE' },
          ],
          projection: { projectionType: 'KEYS_ONLY' },
        },
      ],
    });

    const api = new appsync.CfnGraphQLApi(this, 'TodoApi', {
      name: `${this.stackName}-api`,
      authenticationType: 'API_KEY',
      environmentVariables: { TODOS: todos.ref },
      xrayEnabled: true,
    });
    const apiId = api.attrApiId;
    const schemaFile = new Asset(this, 'SchemaFile', { path: path.join(HERE, 'schema.graphql') });
    const schema = new appsync.CfnGraphQLSchema(this, 'Schema', {
      apiId,
      definitionS3Location: schemaFile.s3ObjectUrl,
    });
    const key = new appsync.CfnApiKey(this, 'Key', { apiId });

    const role = new iam.Role(this, 'DataAccess', {
      assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com'),
    });
    storage.lists.grantReadWriteData(role);
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['dynamodb:*Item', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:BatchWriteItem'],
        resources: [todos.attrArn, `${todos.attrArn}/index/*`],
      }),
    );
    const table = (name: string, tableName: string) =>
      new appsync.CfnDataSource(this, `${name}DataSource`, {
        apiId,
        name,
        type: 'AMAZON_DYNAMODB',
        serviceRoleArn: role.roleArn,
        dynamoDbConfig: { tableName, awsRegion: this.region },
      });
    const listsSource = table('lists', storage.lists.tableName);
    const todosSource = table('todos', todos.ref);

    const resolver = (
      typeName: string,
      fieldName: string,
      more: Partial<appsync.CfnResolverProps>,
    ): appsync.CfnResolver => {
      const made = new appsync.CfnResolver(this, `${typeName}-${fieldName}`, {
        apiId,
        typeName,
        fieldName,
        runtime: JS,
        ...more,
      });
      made.addDependency(schema);
      return made;
    };
    const unit = (source: appsync.CfnDataSource, code: Code) => ({
      kind: 'UNIT',
      dataSourceName: source.attrName,
      ...code,
    });
    const pipeline = (...functions: appsync.CfnFunctionConfiguration[]) => ({
      kind: 'PIPELINE',
      code: PASS_ON,
      pipelineConfig: { functions: functions.map((one) => one.attrFunctionId) },
    });
    const step = (name: string, source: appsync.CfnDataSource, code: Code) =>
      new appsync.CfnFunctionConfiguration(this, `Function-${name}`, {
        apiId,
        name,
        dataSourceName: source.attrName,
        functionVersion: '2018-05-29',
        runtime: JS,
        ...code,
      });

    resolver('Query', 'todoList', unit(listsSource, this.uploaded('getList')));
    resolver('Query', 'todo', unit(todosSource, { code: GET_TODO }));
    resolver('Query', 'dueBefore', unit(todosSource, bundled('dueBefore')));
    resolver('TodoList', 'todos', unit(todosSource, this.uploaded('todosOfList')));
    resolver('Mutation', 'createList', unit(listsSource, bundled('createList')));
    resolver('Mutation', 'completeTodo', unit(todosSource, bundled('completeTodo')));
    resolver(
      'Mutation',
      'addTodo',
      pipeline(
        step('requireList', listsSource, this.uploaded('requireList')),
        step('saveTodo', todosSource, bundled('saveTodo')),
      ),
    );
    resolver('Mutation', 'clearDone', {
      ...pipeline(
        step('findDone', todosSource, this.uploaded('findDone')),
        step('deleteTodos', todosSource, this.uploaded('deleteTodos')),
      ),
      code: COUNT,
    });

    new cdk.CfnOutput(this, 'Endpoint', { value: api.attrGraphQlUrl });
    new cdk.CfnOutput(this, 'ApiKey', { value: key.attrApiKey });
  }

  /** Plain JavaScript, uploaded as it is. */
  private uploaded(name: string): Code {
    const asset = new Asset(this, `Code-${name}`, { path: path.join(HERE, 'js', `${name}.js`) });
    return { codeS3Location: asset.s3ObjectUrl };
  }
}

type Code = { code: string } | { codeS3Location: string };

/** TypeScript, bundled as AppSync's developer guide has it. */
function bundled(name: string): Code {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [path.join(HERE, 'src', `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
    platform: 'node',
    external: ['@aws-appsync/utils', '@aws-appsync/utils/dynamodb'],
  });
  return { code: outputFiles[0]!.text };
}

const PASS_ON = `
export function request() { return {} }
export function response(ctx) { return ctx.prev.result }
`;

const COUNT = `
export const request = () => ({});
export const response = (ctx) => ctx.prev.result.length;
`;

const GET_TODO = `
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) {
  const { listId, todoId } = ctx.args;
  return ddb.get({ key: { listId, todoId } });
}
export const response = (ctx) => ctx.result;
`;
