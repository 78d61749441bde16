import type { AppModel } from '../../../../src/template/app-model.ts';
import { loadAssembly } from '../../../../src/template/load-assembly.ts';
import { readApp } from '../../../../src/template/read-app.ts';
import type { ReadOptions } from '../../../../src/template/read-app.ts';
import { writeAssembly } from './written-assembly.ts';

type Json = Record<string, unknown>;

export const apiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
export const javascript = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };
export const code = 'export const request = () => ({}); export const response = (ctx) => ctx.result;';

export const resource = (type: string, properties: Json = {}, more: Json = {}): Json => ({
  Type: type,
  Properties: properties,
  ...more,
});

/** The least that runs: an API with a schema, a NONE data source and one unit resolver. */
export const minimalResources: Record<string, Json> = {
  Api: resource('AWS::AppSync::GraphQLApi', { Name: 'tasks', AuthenticationType: 'API_KEY' }),
  Schema: resource('AWS::AppSync::GraphQLSchema', {
    ApiId: apiId,
    Definition: 'type Query { task: String }',
  }),
  Local: resource('AWS::AppSync::DataSource', { ApiId: apiId, Name: 'Local', Type: 'NONE' }),
  TaskResolver: resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'task',
    DataSourceName: 'Local',
    Runtime: javascript,
    Code: code,
  }),
};

/** `properties` over those of a minimal resource. */
export function changed(logicalId: string, properties: Json): Json {
  const original = minimalResources[logicalId]!;
  const merged = { ...(original['Properties'] as Json), ...properties };
  return { [logicalId]: { ...original, Properties: merged } };
}

/** Reads the minimal app with some resources added or replaced; a replacement by undefined removes. */
export const readWith = (resources: Json, options: ReadOptions = {}, sections: Json = {}): AppModel =>
  readApp(
    loadAssembly(
      writeAssembly({
        Tasks: { template: { Resources: { ...minimalResources, ...resources }, ...sections } },
      }),
    ),
    options,
  );
