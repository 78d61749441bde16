import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { startServer } from '../harness/port-target.ts';
import { refusalLinesOf, refusalOf } from '../server/harness/command.ts';
import { temporaryDirectory } from './harness/foreign-app.ts';

const strictly = (assembly: string): string[] => ['--memory', '--strict', '--port', '0', '--app', assembly];

/** What `npm start -- --strict --app DIR` says before it ends with exit code 1; more than one line fails the test. */
const refusal = (assembly: string): Promise<string> => refusalOf(strictly(assembly));

/** Likewise, where it has several reasons. */
const refusals = (assembly: string): Promise<string[]> => refusalLinesOf(strictly(assembly));

const temporaryFolder = temporaryDirectory();
let made = 0;

/** A CDK app with one API and what a test adds to it. */
function appWith(add: (stack: Stack, api: appsync.GraphqlApi) => unknown, more: object = {}): string {
  const outdir = join(temporaryFolder, `cdk.out-${++made}`);
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Notes');
  const api = new appsync.GraphqlApi(stack, 'NotesApi', {
    name: 'notes',
    definition: appsync.Definition.fromFile(join(import.meta.dirname, 'refusals.graphql')),
    ...more,
  });
  add(stack, api);
  app.synth();
  return outdir;
}
const RUBY = new lambda.Runtime('ruby3.4', lambda.RuntimeFamily.RUBY, { supportsInlineCode: true });
const field = { typeName: 'Query', fieldName: 'note' };
const seed = (stack: Stack): CfnResource =>
  new CfnResource(stack, 'Seed', { type: 'Custom::Seed', properties: { ServiceToken: 'arn:aws:lambda:…' } });

function database(stack: Stack, { apiId }: appsync.GraphqlApi): void {
  new appsync.CfnDataSource(stack, 'NotesDb', { apiId, name: 'notesDb', type: 'RELATIONAL_DATABASE' });
  new appsync.CfnResolver(stack, 'NoteFromDb', {
    apiId,
    ...field,
    dataSourceName: 'notesDb',
    code: 'export const request = () => ({}); export const response = (ctx) => ctx.result;',
    runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
  });
}

describe('an app that needs what the local server does not have', () => {
  it.each<[string, RegExp, (stack: Stack, api: appsync.GraphqlApi) => unknown]>([
    [
      'a resolver in VTL',
      /^resolver Query\.note \(logical id NotesApi\w*Note\w+\) has VTL mapping templates; the local server runs APPSYNC_JS 1\.0\.0 only, so /,
      (_stack, api) =>
        api.addNoneDataSource('None').createResolver('Note', {
          ...field,
          requestMappingTemplate: appsync.MappingTemplate.fromString('{ "version": "2018-05-29" }'),
          responseMappingTemplate: appsync.MappingTemplate.fromString('$util.toJson($ctx.result)'),
        }),
    ],
    [
      'an AppSync function in VTL, from a file, in a nested stack',
      /^AppSync function readNote \(logical id ReadNote\w+\) has VTL mapping templates; the local server runs APPSYNC_JS/,
      (stack, api) =>
        new appsync.AppsyncFunction(new NestedStack(stack, 'Steps'), 'ReadNote', {
          api,
          name: 'readNote',
          dataSource: api.addNoneDataSource('None'),
          requestMappingTemplate: appsync.MappingTemplate.fromString('{ "version": "2018-05-29" }'),
          responseMappingTemplate: appsync.MappingTemplate.fromString('$util.toJson($ctx.result)'),
        }),
    ],
    [
      'a cache of responses',
      /^resource type AWS::AppSync::ApiCache \(logical id ResponseCache\) is not supported by the local server$/,
      (stack, { apiId }) =>
        new appsync.CfnApiCache(stack, 'ResponseCache', {
          apiId,
          apiCachingBehavior: 'FULL_REQUEST_CACHING',
          ttl: 60,
          type: 'SMALL',
        }),
    ],
    [
      'a relational database',
      /^data source notesDb \(logical id NotesDb\) has the type 'RELATIONAL_DATABASE'; the local server runs AMAZON_DYNAMODB, /,
      (stack, api) => database(stack, api),
    ],
    [
      'a Lambda function in Ruby',
      /^Lambda function Summarize\w+ has the runtime 'ruby3\.4'; the local server runs Node\.js, Python and custom runtimes only, so try it on AWS$/,
      (stack, api) =>
        api.addLambdaDataSource(
          'Summary',
          new lambda.Function(stack, 'Summarize', {
            runtime: RUBY,
            handler: 'index.handler',
            code: lambda.Code.fromInline('def handler(event:, context:) end'),
          }),
        ),
    ],
    [
      'a custom resource that fills a table',
      /^resource type Custom::Seed \(logical id Seed\) is not supported by the local server$/,
      (stack) => seed(stack),
    ],
  ])('is refused by name: %s', async (_what, reason, add) => {
    expect(await refusal(appWith(add))).toMatch(reason);
  });

  it('is refused for all of it at once, what the API asks for first', async () => {
    const assembly = appWith((stack, api) => [seed(stack), database(stack, api)]);

    expect(await refusals(assembly)).toEqual([
      'The API does not start, for 2 reasons:',
      expect.stringMatching(/^ {2}- data source notesDb \(logical id NotesDb\) has /),
      expect.stringMatching(/^ {2}- resource type Custom::Seed \(logical id Seed\) is not /),
    ]);
  });

  it('is run without it where no field needs it, which it says', async () => {
    const assembly = appWith((stack, api) => {
      seed(stack);
      new CfnResource(stack, 'Site', { type: 'AWS::CloudFront::Distribution' });
      new lambda.Function(stack, 'Report', {
        runtime: RUBY,
        handler: 'index.handler',
        code: lambda.Code.fromInline('def handler(event:, context:) end'),
      });
      api.addNoneDataSource('None').createResolver('Note', {
        ...field,
        runtime: appsync.FunctionRuntime.JS_1_0_0,
        code: appsync.Code.fromInline(
          'export const request = () => ({}); export const response = () => null;',
        ),
      });
    });

    const server = await startServer(['--memory', '--port', '0', '--app', assembly]);
    await server.stop();

    expect(server.output).toMatch(
      /^Not emulated, no effect here: .*1 Custom::Seed, 1 AWS::CloudFront::Distribution, .*1 AWS::Lambda::Function/m,
    );
  });

  it('is refused for a schema that AppSync would not take, by logical id', async () => {
    const assembly = appWith(() => undefined, {
      definition: appsync.Definition.fromFile(join(import.meta.dirname, 'broken.graphql')),
    });

    expect(await refusal(assembly)).toMatch(/^schema NotesApi\w+: .*Nowhere/);
  });

  it('is refused for resolver code that AppSync would not take, by field and line', async () => {
    const assembly = appWith((_stack, api) =>
      api.addNoneDataSource('None').createResolver('Note', {
        ...field,
        runtime: appsync.FunctionRuntime.JS_1_0_0,
        code: appsync.Code.fromInline(
          'export const request = () => ({});\nexport async function response() { return null; }',
        ),
      }),
    );

    expect(await refusal(assembly)).toMatch(
      /^AppSync would refuse the code of resolver Query\.note: code\.js:2:8: .*async/i,
    );
  });
});

it('is refused for the code of every resolver that AppSync would not take, at once', async () => {
  const assembly = appWith((_stack, api) => {
    const none = api.addNoneDataSource('None');
    for (const fieldName of ['note', 'notes']) {
      none.createResolver(fieldName, {
        typeName: 'Query',
        fieldName,
        runtime: appsync.FunctionRuntime.JS_1_0_0,
        code: appsync.Code.fromInline(
          `export const request = () => util.${fieldName}();\nexport const response = () => null;`,
        ),
      });
    }
  });

  expect(await refusals(assembly)).toEqual([
    'The API does not start, for 2 reasons:',
    ...['note', 'notes'].map(
      (name) =>
        `  - AppSync would refuse the code of resolver Query.${name}: code.js:1:35: error TS2339: Property '${name}' does not exist on type 'Util'.`,
    ),
  ]);
});

describe('an assembly that is no longer whole', () => {
  const nothing = (): void => undefined;
  const fileOf = (assembly: string, pattern: RegExp): string =>
    join(
      assembly,
      readdirSync(assembly).find((name) => pattern.test(name))!,
    );

  it.each<[string, RegExp, (assembly: string) => void]>([
    [
      'has a manifest that was cut off',
      /manifest\.json is not valid JSON: /,
      (assembly) => writeFileSync(join(assembly, 'manifest.json'), '{ "artifacts": {'),
    ],
    [
      'has a manifest of another kind',
      /manifest\.json must hold a JSON object; it holds \["artifacts"\]$/,
      (assembly) => writeFileSync(join(assembly, 'manifest.json'), '["artifacts"]'),
    ],
    [
      'has no manifest',
      /^there is no cloud assembly in '.*': it has no manifest\.json; name the directory that cdk synth wrote, or the folder of cdk\.json$/,
      (assembly) => rmSync(join(assembly, 'manifest.json')),
    ],
    [
      'has lost a template',
      /Notes\.template\.json does not exist; run cdk synth again$/,
      (assembly) => rmSync(join(assembly, 'Notes.template.json')),
    ],
    [
      'has lost the code of a resolver',
      /^\S+asset\.\w+\.js does not exist; run cdk synth again$/,
      (assembly) => rmSync(fileOf(assembly, /^asset\..*\.js$/)),
    ],
    [
      'has no stack',
      /^the cloud assembly has no AWS::AppSync::GraphQLApi; there is nothing to run/,
      (assembly) => writeFileSync(join(assembly, 'manifest.json'), '{ "artifacts": {} }'),
    ],
  ])('is refused in one line: it %s', async (_what, reason, harm) => {
    const assembly = appWith((_stack, api) =>
      api.addNoneDataSource('None').createResolver('Note', {
        ...field,
        runtime: appsync.FunctionRuntime.JS_1_0_0,
        code: appsync.Code.fromAsset(join(import.meta.dirname, 'note.js')),
      }),
    );

    harm(assembly);

    expect(await refusal(assembly)).toMatch(reason);
  });

  it('is refused in one line: it is not there', async () => {
    const assembly = join(appWith(nothing), 'elsewhere');

    expect(await refusal(assembly)).toBe(
      `there is no cloud assembly in '${assembly}': the directory does not exist`,
    );
  });
});
