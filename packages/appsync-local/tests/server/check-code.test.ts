import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './harness/command.ts';
import { temporaryDirectory } from './harness/local-server.ts';

const RESPONSE = 'export const response = (ctx) => ctx.result;\n';
const TAKEN = `export const request = (ctx) => ({ payload: ctx.args });\n${RESPONSE}`;

/** A cloud assembly with one resolver for each code, and a resource that the local server does not run. */
function assemblyOf(codes: Record<string, unknown>, resources: object = {}): string {
  const directory = join(temporaryDirectory(), 'cdk.out');
  const resolver = (fieldName: string, properties: unknown) => ({
    Type: 'AWS::AppSync::Resolver',
    Properties: { ApiId: 'api', TypeName: 'Query', FieldName: fieldName, ...(properties as object) },
  });
  const Resources = {
    Clicks: { Type: 'AWS::Kinesis::Stream', Properties: {} },
    ...resources,
    ...Object.fromEntries(
      Object.entries(codes).map(([name, code]) => [`${name}Resolver`, resolver(name, code)]),
    ),
  };
  const stack = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://unknown-account/unknown-region',
    properties: { templateFile: 'Any.template.json' },
  };
  mkdirSync(directory);
  writeFileSync(join(directory, 'Any.template.json'), JSON.stringify({ Resources }));
  writeFileSync(
    join(directory, 'manifest.json'),
    JSON.stringify({ version: '48.0.0', artifacts: { Any: stack } }),
  );
  return directory;
}

const javascript = (Code: string) => ({ Code, Runtime: { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' } });

describe('npm run check-code', () => {
  it('takes our own resolvers', async () => {
    const { code, stdout } = await run('check-code', []);

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^Checked 1 GraphQL API and \d\d code units: AppSync would accept all\.\n$/,
      ),
    });
  });

  it('tells every problem of every code unit of any assembly, and ends with exit code 1', async () => {
    const directory = assemblyOf({
      loops: javascript(
        `export function request() {\n  for (;;) {}\n  return util.toJson({});\n}\n${RESPONSE}`,
      ),
      taken: javascript(TAKEN),
      broken: javascript('export function request( {'),
      template: { RequestMappingTemplate: '{}', ResponseMappingTemplate: '$util.toJson($ctx.result)' },
    });

    const { code, stdout } = await run('check-code', ['--app', directory]);

    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'resolver Query.loops',
      '  code.js:2:3: @aws-appsync/no-for: For statements are not supported.',
      "  code.js:3:15: error TS2339: Property 'toJson' does not exist on type 'Util'.",
      'resolver Query.broken',
      expect.stringMatching(/^ {2}code\.js:1:\d+: error TS\d+: /),
      ...stdout.split('\n').slice(5, -2),
      'Checked 3 code units: AppSync would refuse 2.',
      '',
    ]);
  });

  it('tells what is wrong with an API apart from its code', async () => {
    const ApiId = { 'Fn::GetAtt': ['Api', 'ApiId'] };
    const directory = assemblyOf(
      {},
      {
        Api: {
          Type: 'AWS::AppSync::GraphQLApi',
          Properties: { Name: 'shop', AuthenticationType: 'AWS_IAM' },
        },
        Schema: {
          Type: 'AWS::AppSync::GraphQLSchema',
          Properties: { ApiId, Definition: 'type Query { orders: [Order] }' },
        },
      },
    );

    const text = await run('check-code', ['--app', directory]);
    const github = await run('check-code', ['--app', directory, '--format', 'github']);

    expect([text.code, github.code]).toEqual([1, 1]);
    expect(text.stdout.split('\n')).toEqual([
      'GraphQL API Api',
      '  schema Api: Unknown type "Order".',
      'Checked 1 GraphQL API and 0 code units: AppSync would refuse 1.',
      '',
    ]);
    expect(github.stdout).toContain('::error title=GraphQL API Api::schema Api: Unknown type "Order".');
  });

  it('says what AppSync may refuse, and takes it', async () => {
    const directory = assemblyOf({
      doubtful: javascript(`export const request = (ctx) => [ctx.args.a] ?? [];\n${RESPONSE}`),
    });

    const { code, stdout } = await run('check-code', ['--app', directory]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^resolver Query\.doubtful: AppSync may refuse\n {2}code\.js:1:\d+: error TS2869: /,
    );
    expect(stdout).toContain('Checked 1 code unit: AppSync would accept all.');
  });

  it('says the same of code that it has checked before', async () => {
    const directory = assemblyOf({
      taken: javascript(TAKEN),
      doubtful: javascript(`export const request = (ctx) => [ctx.args.b] ?? [];\n${RESPONSE}`),
      loops: javascript(`export function request() {\n  for (;;) {}\n}\n${RESPONSE}`),
    });
    const first = await run('check-code', ['--app', directory]);

    const second = await run('check-code', ['--app', directory]);

    expect(second).toEqual(first);
    expect(first.stdout).toMatch(
      /^resolver Query\.loops\n.*^resolver Query\.doubtful: AppSync may refuse\n/ms,
    );
  });

  it('prints what was found as JSON', async () => {
    const directory = assemblyOf({ one: javascript(`export const request = () => ~1;\n${RESPONSE}`) });

    const { code, stdout } = await run('check-code', ['--app', directory, '--json']);

    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual([
      {
        stackName: 'Any',
        logicalId: 'oneResolver',
        title: 'resolver Query.one',
        problems: [
          expect.objectContaining({ errorType: 'LINT_ERROR', file: 'code.js', line: 1, column: 30 }),
        ],
        warnings: [],
      },
    ]);
  });

  it.each([
    ['an unknown option', ['--ap', 'x'], /^Unknown option '--ap'/],
    [
      'a folder that is not there',
      ['--app', '/nonexistent'],
      /^there is no cloud assembly in '\/nonexistent'/,
    ],
  ])('ends with exit code 2 for %s, in a line', async (_, args, reason) => {
    const { code, stdout, stderr } = await run('check-code', args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain('    at ');
  });

  it('annotates a run of GitHub Actions', async () => {
    const directory = assemblyOf({
      loops: javascript(`export function request() {\n  for (;;) {}\n}\n${RESPONSE}`),
    });

    const { code, stdout } = await run('check-code', ['--app', directory, '--format', 'github']);

    expect(stdout).toMatch(/^::error file=code\.js,line=2,col=\d+,title=resolver Query\.loops::.+$/m);
    expect(stdout).toMatch(/^Checked 1 code unit: AppSync would refuse 1\.$/m);
    expect(code).toBe(1);
  });

  it('gives parameters their values, and refuses one that the app does not have', async () => {
    const directory = assemblyOf({ taken: javascript(TAKEN) });

    const { code, stderr } = await run('check-code', ['--app', directory, '--parameter', 'Stage=prod']);

    expect(code).toBe(2);
    expect(stderr).toMatch(/^--parameter Stage names no parameter of the app/);
  });

  it('refuses a format that there is not', async () => {
    const { code, stderr } = await run('check-code', ['--format', 'xml']);

    expect({ code, stderr }).toEqual({ code: 2, stderr: '--format must be text, json, github, not "xml"\n' });
  });
});
