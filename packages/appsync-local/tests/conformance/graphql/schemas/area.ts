import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import type { Area } from '../../check.ts';
import { testApi, testStack } from '../../test-api.ts';
import { schemaChecks } from './schemas.checks.ts';

/** Not a file of its own: tools that read GraphQL files take the newer grammar only. */
const SDL = `
interface Named {
  name: String
}

interface Aged @canonical @aws_api_key {
  age: Int
};

type Both implements Named, Aged @hidden {
  name: String @renamed(to: "called")
  age: Int @unheardOf(by: "AppSync")
}

type Neither implements Named Aged @model(queries: null) {
  name: String
  age: Int
}

enum Scale @aws_api_key {
  SMALL @aws_api_key
};

union Either @aws_api_key = Both | Neither

input OneOrMore @oneOf {
  a: Int
  b: Int
}

type Query {
  either(scale: Scale, given: OneOrMore): Either
};
`;

const CODE = `
export const request = (ctx) => ({ payload: ctx.args.given });
export const response = (ctx) => ({ __typename: 'Both', name: ctx.args.scale, age: ctx.result.a + ctx.result.b });
`;

/** The checks of what a schema may say: an API that is there at all has taken it. */
export const schemas: Area = {
  name: 'schemas',
  title: 'Schemas: older grammar and directives without effect',
  prefix: 'SDL',
  synthesize(outdir) {
    const { app, stack } = testStack(outdir, 'Schemas');
    const file = join(outdir, 'schema.graphql');
    writeFileSync(file, SDL);
    const api = testApi(stack, outdir, { definition: appsync.Definition.fromFile(file) });
    api.addNoneDataSource('None').createResolver('Either', {
      typeName: 'Query',
      fieldName: 'either',
      code: appsync.Code.fromInline(CODE),
      runtime: appsync.FunctionRuntime.JS_1_0_0,
    });
    app.synth();
  },
  checks: schemaChecks,
};
