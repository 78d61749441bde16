import assert from 'node:assert/strict';
import { iam, type RawResponse } from '../../harness/target.ts';
import type { Check, ConformanceApi } from '../check.ts';

/** `EvaluateCodeResponse` of AppSync's API; the strings hold JSON. */
export interface EvaluateCodeResponse {
  evaluationResult?: string;
  error?: {
    message: string;
    codeErrors?: { errorType?: string; value?: string; location?: Record<string, number> }[];
  };
  logs?: string[];
  stash?: string;
  outErrors?: string;
}

const PATH = '/v1/dataplane-evaluatecode';
const RUNTIME = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };

/** Calls an operation of AppSync's API as the SDKs do, signed. */
export async function callAppSync(
  { target }: ConformanceApi,
  members: object,
  path = PATH,
): Promise<RawResponse> {
  const body = JSON.stringify(members);
  return target.send('POST', path, await target.headersFor(iam, body, path), body);
}

/** What EvaluateCode answers. @throws Error when it refuses the request itself */
export async function evaluateCode(
  api: ConformanceApi,
  code: string,
  context: object = {},
  handler: 'request' | 'response' = 'request',
): Promise<EvaluateCodeResponse> {
  const response = await callAppSync(api, {
    runtime: RUNTIME,
    code,
    context: JSON.stringify(context),
    function: handler,
  });
  assert.equal(response.status, 200, response.body);
  return JSON.parse(response.body) as EvaluateCodeResponse;
}

/** A refusal of AppSync's API. */
export async function refusalOf(
  api: ConformanceApi,
  changed: object,
): Promise<{ status: number; errorType: string | undefined; message: string }> {
  const members = {
    runtime: RUNTIME,
    code: unit('return 1;'),
    context: '{}',
    function: 'request',
    ...changed,
  };
  const { status, headers, body } = await callAppSync(api, members);
  const { message = '' } = JSON.parse(body) as { message?: string };
  return { status, errorType: headers['x-amzn-errortype']?.split(':')[0], message };
}

/** A code unit whose request handler has this body, from line 6 on, and may use every module. */
export const unit = (body: string): string =>
  [
    "import { util, extensions, runtime } from '@aws-appsync/utils';",
    "import * as ddb from '@aws-appsync/utils/dynamodb';",
    "import * as rds from '@aws-appsync/utils/rds';",
    '',
    'export function request(ctx) {',
    body,
    '}',
    'export function response(ctx) { return ctx.result; }',
    '',
  ].join('\n');

/** The value of an expression in a request handler. */
export async function valueOf(
  api: ConformanceApi,
  expression: string,
  context: object = {},
): Promise<unknown> {
  const { evaluationResult, error } = await evaluateCode(api, unit(`  return ${expression};`), context);
  assert.equal(error, undefined, error?.message);
  return JSON.parse(evaluationResult ?? '');
}

/** A row of a table of values: what an expression is promised to be. */
export interface ValueRow extends Omit<Check, 'run'> {
  expression: string;
  context?: object;
  expected: unknown;
  /** Of the value, before it is compared: `JSON.parse` for helpers that give JSON text. */
  read?: (value: unknown) => unknown;
}

export const valueChecks = (rows: ValueRow[]): Check[] =>
  rows.map(({ expression, context, expected, read = (value) => value, ...check }) => ({
    ...check,
    async run(api) {
      assert.deepEqual(read(await valueOf(api, expression, context)), expected);
    },
  }));

/** For helpers whose value is JSON text, in whatever order its members are. */
export const asJson = (value: unknown): unknown => JSON.parse(String(value));
