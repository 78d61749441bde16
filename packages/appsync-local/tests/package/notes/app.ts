import { readFileSync } from 'node:fs';
import { App, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** An app of somebody who knows nothing of this repository: notes in a table, and a function with inline code that counts them. */
const stack: Stack = new Stack(new App(), 'Notes');
const api = new appsync.GraphqlApi(stack, 'Api', {
  name: 'notes',
  definition: appsync.Definition.fromFile('schema.graphql'),
  authorizationConfig: {
    defaultAuthorization: { authorizationType: appsync.AuthorizationType.API_KEY },
    additionalAuthorizationModes: [
      {
        authorizationType: appsync.AuthorizationType.USER_POOL,
        userPoolConfig: { userPool: new cognito.UserPool(stack, 'Users') },
      },
    ],
  },
});

const table = new dynamodb.Table(stack, 'Table', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
});
const notes = api.addDynamoDbDataSource('Notes', table);
const fields = [
  ['Query', 'note'],
  ['Mutation', 'saveNote'],
] as const;
for (const [typeName, fieldName] of fields) {
  notes.createResolver(fieldName, {
    typeName,
    fieldName,
    runtime: appsync.FunctionRuntime.JS_1_0_0,
    code: appsync.Code.fromAsset(`resolvers/${fieldName}.js`),
  });
}

const count = new lambda.Function(stack, 'Count', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline(readFileSync('count.js', 'utf8')),
  environment: { TABLE: table.tableName },
});
table.grantReadData(count);
api.addLambdaDataSource('Count', count).createResolver('count', { typeName: 'Query', fieldName: 'count' });
