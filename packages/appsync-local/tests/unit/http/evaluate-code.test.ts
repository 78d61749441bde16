import { AppSyncClient, EvaluateCodeCommand, EvaluateMappingTemplateCommand } from '@aws-sdk/client-appsync';
import type { EvaluateCodeCommandInput } from '@aws-sdk/client-appsync';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEvaluations } from '../../../src/evaluation/evaluations.ts';
import { createAdmission } from '../../../src/http/admission.ts';
import { createEvaluateCode, createEvaluateTemplate } from '../../../src/http/evaluate-code.ts';
import { listen } from '../../../src/http/listen.ts';
import { memoryRequest } from '../../../src/http/memory-request.ts';
import type { LogFailure } from '../../../src/http/message.ts';
import { createHandler } from '../../../src/http/router.ts';
import { createEndpoint } from './harness/endpoint.ts';

const RESPONSE = 'export function response(ctx) { return ctx.result; }\n';
const IMPORT = "import { util, extensions, runtime } from '@aws-appsync/utils';\n";
const request = (body: string) => `${IMPORT}export function request(ctx) {\n${body}\n}\n${RESPONSE}`;

const failures: Parameters<LogFailure>[0][] = [];
const log: LogFailure = (failure) => void failures.push(failure);
const evaluations = openEvaluations();
const handle = createHandler({
  admit: createAdmission(),
  graphql: createEndpoint().endpoint,
  evaluateCode: createEvaluateCode({ evaluations, log }),
  evaluateTemplate: createEvaluateTemplate({ log }),
  log,
});

let client: AppSyncClient;
let close: () => Promise<void>;

beforeAll(async () => {
  const listener = await listen({
    port: 0,
    certificate: () => Promise.reject(new Error('no TLS here')),
    handle,
    upgrade: () => undefined,
    log,
  });
  close = () => listener.close();
  client = new AppSyncClient({
    endpoint: `http://localhost:${listener.port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAANYBODY', secretAccessKey: 'whatever' },
  });
});

afterAll(async () => {
  client.destroy();
  evaluations.close();
  await close();
});

const evaluate = (code: string, context: object = {}, more: Partial<EvaluateCodeCommandInput> = {}) =>
  client.send(
    new EvaluateCodeCommand({
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code,
      context: JSON.stringify(context),
      function: 'request',
      ...more,
    }),
  );

describe('the AWS SDK', () => {
  it('evaluates a request handler with any credentials', async () => {
    const code = request(
      "  console.log('current id', ctx.args.id);\n  ctx.stash.seen = true;\n  return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.arguments.id }) };",
    );

    const { evaluationResult, error, logs, stash, outErrors } = await evaluate(code, {
      arguments: { id: 'a' },
      stash: { before: 1 },
    });

    expect({ evaluationResult, error, logs, stash, outErrors }).toEqual({
      evaluationResult: '{"operation":"GetItem","key":{"id":{"S":"a"}}}',
      error: undefined,
      logs: ['INFO - code.js:3:3: "current id" "a"'],
      stash: '{"before":1,"seen":true}',
      outErrors: '[]',
    });
  });

  it('evaluates a response handler with result, error, prev, source, env, info and request', async () => {
    const context = {
      result: { a: 1 },
      error: { type: 'T', message: 'm' },
      prev: { result: [1] },
      source: { id: 's' },
      env: { TABLE: 't' },
      info: { fieldName: 'f', selectionSetList: ['id'] },
      request: { headers: { 'x-tenant': 'x' } },
    };
    const code = `export const request = () => null;\nexport const response = (ctx) => [ctx.result, ctx.error, ctx.prev, ctx.source, ctx.env, ctx.info.fieldName, ctx.info.selectionSetList, ctx.request];`;

    const { evaluationResult } = await evaluate(code, context, { function: 'response' });

    expect(JSON.parse(evaluationResult!)).toEqual([
      { a: 1 },
      { type: 'T', message: 'm' },
      { result: [1] },
      { id: 's' },
      { TABLE: 't' },
      'f',
      ['id'],
      { headers: { 'x-tenant': 'x' }, domainName: null },
    ]);
  });

  it.each([
    ['util.error', "util.error('no', 'T', { a: 1 });", 'no'],
    ['util.unauthorized', 'util.unauthorized();', 'Unauthorized'],
    ['an uncaught error', 'return ctx.args.a.b;', /^code\.js:3:19: TypeError: Cannot read properties of/],
  ])('gets the message of %s and no result', async (_, body, message) => {
    const { error, evaluationResult } = await evaluate(request(body));

    expect(evaluationResult).toBeUndefined();
    expect(error).toEqual({
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      codeErrors: [],
    });
  });

  it('gets appended errors beside the result', async () => {
    const { evaluationResult, outErrors } = await evaluate(
      request("util.appendError('first', 'T', { a: 1 }, { b: 2 }); util.appendError('second'); return 1;"),
    );

    expect(evaluationResult).toBe('1');
    expect(JSON.parse(outErrors!)).toEqual([
      { message: 'first', errorType: 'T', data: { a: 1 }, errorInfo: { b: 2 } },
      { message: 'second', errorType: null, data: null, errorInfo: null },
    ]);
  });

  it('starts every evaluation anew', async () => {
    const code = `const seen = [];\n${request('seen.push(1); return seen.length;')}`;

    const results = [await evaluate(code), await evaluate(code)].map((answer) => answer.evaluationResult);

    expect(results).toEqual(['1', '1']);
  });

  it('gets every problem of code that AppSync would refuse, where it is', async () => {
    const code = `export function request(ctx) {\n  for (let i = 0; i < 3; i += 1) {}\n  throw ctx;\n}\n${RESPONSE}`;

    const { error, evaluationResult } = await evaluate(code);

    expect(evaluationResult).toBeUndefined();
    expect(error).toEqual({
      message:
        'code.js(2,3): @aws-appsync/no-for: For statements are not supported.\n' +
        'code.js(3,3): Throw statements are not supported. Raise an error with util.error().',
      codeErrors: [
        {
          errorType: 'LINT_ERROR',
          value: '@aws-appsync/no-for: For statements are not supported.',
          location: { line: 2, column: 3, span: 33 },
        },
        {
          errorType: 'LINT_ERROR',
          value: 'Throw statements are not supported. Raise an error with util.error().',
          location: { line: 3, column: 3, span: 10 },
        },
      ],
    });
  });

  it('gets syntax errors as TypeScript tells them', async () => {
    const { error } = await evaluate('export function request(ctx) {\n  return {;\n}');

    expect(error?.codeErrors).toEqual([
      {
        errorType: 'PARSE_ERROR',
        value: 'code.js(2,11): error TS1136: Property assignment expected.\n',
        location: { line: 2, column: 11, span: 1 },
      },
      {
        errorType: 'PARSE_ERROR',
        value: "code.js(3,2): error TS1005: '}' expected.\n",
        location: { line: 3, column: 2, span: 0 },
      },
    ]);
  });

  it('gets type errors with the words and the place of the checker', async () => {
    const { error, evaluationResult } = await evaluate(
      `import * as ddb from '@aws-appsync/utils/dynamodb';\n${request('return ddb.sync({ limit: 10 });')}`,
    );

    expect(evaluationResult).toBeUndefined();
    expect(error?.message).toMatch(
      /^code\.js\(\d+,\d+\): error TS2339: Property 'sync' does not exist on type 'typeof import\(.*\)'\.$/,
    );
    expect(error?.codeErrors).toEqual([
      {
        errorType: 'PARSE_ERROR',
        value: `${error?.message}\n`,
        location: { line: expect.any(Number), column: expect.any(Number), span: 4 },
      },
    ]);
  });

  it('gets what AppSync says of Number(…)', async () => {
    const { error } = await evaluate(request("return Number('5');"));

    expect(error?.codeErrors).toEqual([
      expect.objectContaining({
        errorType: 'INVALID_FUNCTION_INVOCATION',
        value: expect.stringContaining('Invalid function: Number'),
      }),
    ]);
  });

  it('gets syntax that TypeScript knows and APPSYNC_JS does not as PARSER_ERROR', async () => {
    const { error } = await evaluate(request('using a = null;'));

    expect(error?.codeErrors).toEqual([
      expect.objectContaining({ errorType: 'PARSER_ERROR', value: 'Parsing error: Unexpected token' }),
    ]);
  });

  it("is led by the code's source map to the author's own line", async () => {
    const source =
      'type Id = string;\n\nexport const request = (): Id => {\n  throw 1;\n};\nexport const response = () => null;\n';
    const [bundled] = buildSync({
      stdin: { contents: source, loader: 'ts', sourcefile: 'resolvers/Query.a.ts', resolveDir: '/' },
      bundle: true,
      format: 'esm',
      sourcemap: 'inline',
      sourcesContent: false,
      write: false,
    }).outputFiles;

    const { error } = await evaluate(bundled!.text);

    expect(error?.message).toMatch(/^resolvers\/Query\.a\.ts\(4,3\): Throw statements/);
    expect(error?.codeErrors?.[0]?.location).toMatchObject({ line: 4, column: 3 });
  });

  it.each([
    [
      'an unknown runtime',
      { runtime: { name: 'VTL' as 'APPSYNC_JS', runtimeVersion: '1.0.0' } },
      'runtime.name',
    ],
    [
      'another version',
      { runtime: { name: 'APPSYNC_JS' as const, runtimeVersion: '2.0.0' } },
      'runtimeVersion',
    ],
    ['another function', { function: 'handler' }, "'handler' at 'function'"],
    ['no code', { code: undefined }, "null at 'code'"],
    [
      'code of no character',
      { code: '' },
      "Value '' at 'code' failed to satisfy constraint: Member must have length",
    ],
    [
      'code that is too long',
      { code: ' '.repeat(32_769) },
      'Member must have length less than or equal to 32768',
    ],
    [
      'a context that is too long',
      { context: JSON.stringify({ stash: { text: 'x'.repeat(28_000) } }) },
      "at 'context' failed to satisfy constraint: Member must have length less than or equal to 28000",
    ],
    ['no context', { context: undefined }, "null at 'context'"],
    ['no runtime', { runtime: undefined }, "null at 'runtime'"],
    ['a context that is no JSON', { context: '{]' }, 'The context is not valid JSON.'],
    ['a context that is no object', { context: '[]' }, 'The context must be a JSON object.'],
    [
      'an identity with members that no mode has',
      { context: '{"identity":{"handlerContext":{}}}' },
      'The following properties in your mock context object failed validation: ctx.identity',
    ],
    [
      'members of the wrong type',
      { context: '{"identity":"me","arguments":[],"stash":1}' },
      'failed validation: ctx.arguments, ctx.stash, ctx.identity',
    ],
  ])('is refused %s', async (_, more, message) => {
    const attempt = evaluate(request('return 1;'), {}, more);

    await expect(attempt).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('gets an error for code that takes longer than it may', async () => {
    const impatient = openEvaluations({ limitMs: 1 });
    const evaluateCode = createEvaluateCode({ evaluations: impatient, log });
    const body = JSON.stringify({
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code: `${request('for (const a of ctx.args.text) for (const b of ctx.args.text) for (const c of ctx.args.text) ctx.stash.same = a === b + c;')}`,
      context: JSON.stringify({ arguments: { text: 'x'.repeat(1000) }, stash: { before: 1 } }),
    });

    const response = await evaluateCode(memoryRequest({ path: '/', body }));
    impatient.close();

    expect([response.status, JSON.parse(String(response.body))]).toEqual([
      200,
      {
        error: { message: 'Execution timed out.', codeErrors: [] },
        logs: [],
        stash: '{"before":1}',
        outErrors: '[]',
      },
    ]);
  });

  it('takes the request handler when no function is named', async () => {
    const { evaluationResult } = await evaluate(request('return 1;'), {}, { function: undefined });

    expect(evaluationResult).toBe('1');
  });

  it('is told that mapping templates are not evaluated', async () => {
    const attempt = client.send(new EvaluateMappingTemplateCommand({ template: '{}', context: '{}' }));

    await expect(attempt).rejects.toMatchObject({
      name: 'BadRequestException',
      message: expect.stringContaining('VTL'),
    });
  });
});

describe('anybody else', () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    handle(memoryRequest({ path: '/v1/dataplane-evaluatecode', body, headers }));

  it.each([
    ['no JSON', 'meow', 400, 'The request body is not valid JSON.'],
    ['no object', '[]', 400, 'The request body must be a JSON object.'],
    [
      'too much',
      `"${'x'.repeat(1_100_000)}"`,
      413,
      'The request body is larger than 1,048,576 bytes; send less in one request.',
    ],
  ])('is refused %s in the form of the AWS services', async (_, body, status, message) => {
    const response = await post(body);

    expect(response.status).toBe(status);
    expect(JSON.parse(String(response.body))).toEqual({ message });
  });

  it('learns nothing of our own mistakes', async () => {
    const broken = createEvaluateCode({
      evaluations: { evaluate: () => Promise.reject(new Error('secret cause')) },
      log,
    });
    const body = JSON.stringify({
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      code: 'x',
      context: '{}',
    });

    const response = await broken(memoryRequest({ path: '/', body }));

    expect(response.status).toBe(500);
    expect(response.body).toBe('{"message":"internal error"}');
    expect(failures.at(-1)?.error).toMatchObject({ message: 'secret cause' });
  });
});
