import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../harness/port-target.ts';
import { Debugger } from './harness/debugger.ts';
import { freePort } from './harness/free-port.ts';
import { graphql } from './harness/local-server.ts';

const RESOLVER = `import { util } from '@aws-appsync/utils';
import { greeting } from './greeting';

export function request(ctx: { args: { name: string } }) {
  const words: string[] = [];
  for (const word of [greeting('Hello'), ctx.args.name]) {
    words.push(word);
  }
  return { payload: words.join(' ') };
}

export function response(ctx: { result: string }) {
  return util.urlDecode(util.urlEncode(ctx.result));
}
`;

const GREETING = `
interface Unused { text: string }

export function greeting(text: string): string {
  const dear = text + ', dear';
  return dear;
}
`;

const FUNCTION = `interface Event { arguments: { name: string } }

export const handler = async ({ arguments: { name } }: Event): Promise<string> => {
  const answer = 'Bye ' + name;
  return answer;
};
`;

const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Bye:
    Type: AWS::Serverless::Function
    Properties: { FunctionName: bye, CodeUri: ./bye, Handler: index.handler, Runtime: nodejs20.x }
  Api:
    Type: AWS::Serverless::GraphQLApi
    Properties:
      SchemaInline: 'type Query { greet(name: String!): String bye(name: String!): String }'
      Auth: { Type: API_KEY }
      ApiKeys: { Everybody: {} }
      DataSources:
        Lambda:
          Bye: { FunctionArn: !GetAtt Bye.Arn }
  Nothing:
    Type: AWS::AppSync::DataSource
    Properties: { ApiId: !GetAtt Api.ApiId, Name: nothing, Type: NONE }
  Greet:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: greet
      DataSourceName: !GetAtt Nothing.Name
      Runtime: { Name: APPSYNC_JS, RuntimeVersion: 1.0.0 }
      CodeS3Location: ./greet.js
  Direct:
    Type: AWS::AppSync::Resolver
    Properties:
      ApiId: !GetAtt Api.ApiId
      TypeName: Query
      FieldName: bye
      DataSourceName: !GetAtt ApiByeLambdaDataSource.Name
`;

let folder: string;
let server: ServerProcess;
let port: number;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'inspect-test-')));
  write('src/greet.ts', RESOLVER);
  write('src/greeting.ts', GREETING);
  write('src/bye.ts', FUNCTION);
  write('template.yaml', TEMPLATE);
  const options = { bundle: true, absWorkingDir: folder } as const;
  buildSync({
    ...{ ...options, entryPoints: ['src/greet.ts'], outfile: 'greet.js', format: 'esm', target: 'esnext' },
    ...{ external: ['@aws-appsync/utils'], sourcemap: 'inline', sourcesContent: false },
  });
  buildSync({
    ...{ ...options, entryPoints: ['src/bye.ts'], outfile: 'bye/index.js', format: 'cjs', minify: true },
    sourcemap: 'linked',
  });
  port = await freePort();
  server = await startServer([
    ...['--template', join(folder, 'template.yaml'), '--memory', '--port', '0'],
    ...['--inspect', String(port)],
  ]);
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

/** The number of the line of a source that has these words. */
const lineOf = (file: string, words: string): number =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1;

it.each([
  ['src/greet.ts', 'words.push', 'word', 'Hello, dear', 2],
  ['src/greeting.ts', 'return dear', 'dear', 'Hello, dear', 1],
  ['src/greet.ts', 'util.urlDecode', 'ctx.result', 'Hello, dear Ada', 1],
])('a resolver stops in %s where it says %s', async (file, words, expression, value, times) => {
  const client = await Debugger.connect(`127.0.0.1:${port}`);
  await client.breakAt(join(folder, file), lineOf(file, words));

  const answer = graphql(server.origin, '{ greet(name: "Ada") }');
  for (let stop = 0; stop < times; stop += 1) {
    const paused = await client.paused();
    expect(paused).toMatchObject({ file: join(folder, file), line: lineOf(file, words) });
    if (stop === 0) {
      expect(await paused.value(expression)).toBe(value);
    }
    await client.resume();
  }
  expect(await answer).toEqual({ greet: 'Hello, dear Ada' });
});

it('a Lambda function stops in its TypeScript source', async () => {
  const client = await Debugger.connect(`127.0.0.1:${port + 1}`);
  await client.breakAt(join(folder, 'src/bye.ts'), lineOf('src/bye.ts', 'const answer'));

  const answer = graphql(server.origin, '{ bye(name: "Ada") }');
  const paused = await client.paused();
  expect(paused).toMatchObject({
    file: join(folder, 'src/bye.ts'),
    line: lineOf('src/bye.ts', 'const answer'),
  });
  await client.resume();
  expect(await answer).toEqual({ bye: 'Bye Ada' });
});

it('says where debuggers connect, and only this machine can', async () => {
  expect(server.output).toMatch(new RegExp(`^Inspector +127\\.0\\.0\\.1:${port}  \\(resolvers\\)$`, 'm'));
  expect(server.output).toMatch(new RegExp(`^Inspector +127\\.0\\.0\\.1:${port + 1}  \\(bye\\)$`, 'm'));

  const others = Object.values(networkInterfaces())
    .flat()
    .filter((one) => one?.family === 'IPv4' && !one.internal)
    .map((one) => one!.address);
  for (const address of ['127.0.0.2', ...others]) {
    expect([address, await takes(address, port), await takes(address, port + 1)]).toEqual([
      ...[address, false, false],
    ]);
  }
});

const takes = (host: string, at: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port: at, timeout: 1_000 });
    const end = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });

it('refuses to start when the port is in use', async () => {
  await expect(
    startServer([
      ...['--template', join(folder, 'template.yaml'), '--memory', '--port', '0'],
      ...['--inspect', String(port)],
    ]),
  ).rejects.toThrow(`--inspect: port ${port} is in use; pass another one`);
});
