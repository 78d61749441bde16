import { App, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';

/** An app that answers one field by itself, as every emulator can without a database. */
const stack: Stack = new Stack(new App(), 'Hello');
const api = new appsync.GraphqlApi(stack, 'Api', {
  name: 'hello',
  definition: appsync.Definition.fromFile('schema.graphql'),
});
api.addNoneDataSource('None').createResolver('Greeting', {
  typeName: 'Query',
  fieldName: 'greeting',
  runtime: appsync.FunctionRuntime.JS_1_0_0,
  code: appsync.Code.fromAsset('greeting.js'),
});
