import { apiId, changed, code, javascript, resource } from './minimal-api.ts';

type Json = Record<string, unknown>;

export const step = (properties: Json = {}): Json => ({
  Step: resource('AWS::AppSync::FunctionConfiguration', {
    ApiId: apiId,
    Name: 'readTask',
    DataSourceName: 'Local',
    FunctionVersion: '2018-05-29',
    Runtime: javascript,
    Code: code,
    ...properties,
  }),
});

export const pipeline = (functions: unknown[], properties: Json = {}): Json =>
  changed('TaskResolver', {
    Kind: 'PIPELINE',
    DataSourceName: undefined,
    PipelineConfig: { Functions: functions },
    ...properties,
  });

export const source = (type: string, properties: Json = {}): Json => ({
  Source: resource('AWS::AppSync::DataSource', { ApiId: apiId, Name: 'Source', Type: type, ...properties }),
});

export const lambda = (properties: Json): Json => ({
  Validate: resource('AWS::Lambda::Function', {
    Runtime: 'nodejs20.x',
    Handler: 'index.handler',
    Code: { ZipFile: 'exports.handler = async () => 1' },
    ...properties,
  }),
});
