import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';

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
  return new appsync.GraphqlApi(stack, 'Api', {
    name: stack.stackName,
    definition: appsync.Definition.fromFile(join(folder, 'schema.graphql')),
    ...more,
  });
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
