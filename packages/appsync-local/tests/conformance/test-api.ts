import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as cognito from 'aws-cdk-lib/aws-cognito';

/** An app with one stack, for an area to put its resources into. Quick to make: nothing is validated or bundled. */
export function testStack(outdir: string, name: string): { app: App; stack: Stack } {
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  return { app, stack: new Stack(app, `Conformance${name}`) };
}

/** An API with an API key, from `schema.graphql` of a folder. @param more other properties, such as further modes */
export function testApi(
  stack: Stack,
  folder: string,
  more: Partial<appsync.GraphqlApiProps> = {},
): appsync.GraphqlApi {
  const api = new appsync.GraphqlApi(stack, 'Api', {
    name: stack.stackName,
    definition: appsync.Definition.fromFile(join(folder, 'schema.graphql')),
    ...more,
  });
  const { attrRealtimeUrl } = api.node.defaultChild as appsync.CfnGraphQLApi;
  output(stack, { ApiId: api.apiId, GraphQLUrl: api.graphqlUrl, RealtimeUrl: attrRealtimeUrl });
  return api;
}

/** A user pool with groups. */
export function testUserPool(stack: Stack, groups: string[]): cognito.UserPool {
  const userPool = new cognito.UserPool(stack, 'Users');
  const { userPoolId } = userPool;
  userPool.addClient('Web');
  for (const groupName of groups) {
    new cognito.CfnUserPoolGroup(stack, groupName, { userPoolId, groupName });
  }
  output(stack, { UserPoolId: userPoolId });
  return userPool;
}

/** Under the names of the items stack's outputs, so that the same commands find them. */
function output(stack: Stack, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    new CfnOutput(stack, name, { value });
  }
}

/** Unit resolvers on a data source from the files `Type.field.js` of a folder. */
export function addUnitResolvers(dataSource: appsync.BaseDataSource, folder: string): void {
  for (const file of readdirSync(folder)) {
    const [typeName = '', fieldName = ''] = file.split('.');
    dataSource.createResolver(`${typeName}${fieldName}Resolver`, {
      typeName,
      fieldName,
      code: appsync.Code.fromAsset(join(folder, file)),
      runtime: appsync.FunctionRuntime.JS_1_0_0,
    });
  }
}
