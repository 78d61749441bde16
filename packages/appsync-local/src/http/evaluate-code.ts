import { randomUUID } from 'node:crypto';
import { RequestRefused } from '../auth/caller.ts';
import { EvaluationStopped } from '../evaluation/evaluation-stopped.ts';
import type { Evaluations } from '../evaluation/evaluations.ts';
import { isRecord } from '../ground/record.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import type { CodeEvaluation } from '../runtime/evaluator.ts';
import { MockContextRefused, mockContext } from '../runtime/mock-context.ts';
import type { MockContext } from '../runtime/mock-context.ts';
import type { CodeProblem } from '../runtime/runtime.types.ts';
import type { Handle, HttpRequest, HttpResponse, LogFailure } from './message.ts';

export interface EvaluateCodeOptions {
  evaluations: Pick<Evaluations, 'evaluate'>;
  log: LogFailure;
}

/** `errorType` and `value` of AppSync's `CodeError` (service model of @aws-sdk/client-appsync 3.1142.0). */
interface CodeError {
  errorType: string;
  value: string;
  location: { line: number; column: number; span: number };
}

/** `EvaluateCodeResponse`; the strings hold JSON. */
interface EvaluateCodeAnswer {
  /** Absent after an error. */
  evaluationResult?: string;
  error?: { message: string; codeErrors: CodeError[] };
  logs: string[];
  stash: string;
  outErrors: string;
}

/**
 * `POST /v1/dataplane-evaluatecode`, the operation EvaluateCode of AppSync's API: evaluates a handler with a mocked context.
 * Code that AppSync would refuse does not fail the request: like an error that the code raises, it becomes the `error` of the
 * response, with status 200.
 *
 * The signature is not verified, so any AWS credentials of a developer will do: the code runs without data sources, in a
 * process of its own, and gives nobody access to anything. The router keeps pages of other sites out.
 */
export function createEvaluateCode({ evaluations, log }: EvaluateCodeOptions): Handle {
  return answering(log, async (request) => {
    const { code, context, handler } = readRequest(await jsonBody(request));
    return evaluate(evaluations, code, context, handler);
  });
}

/** `POST /v1/dataplane-evaluatetemplate`, EvaluateMappingTemplate: VTL does not run here, and the response says so. */
export function createEvaluateTemplate({ log }: Pick<EvaluateCodeOptions, 'log'>): Handle {
  return answering(log, async () => {
    throw new BadRequest(
      'The local server does not evaluate VTL mapping templates; write the resolver in APPSYNC_JS and use EvaluateCode, or ask AWS.',
    );
  });
}

/** Answered with 400 `BadRequestException`. */
class BadRequest extends Error {}

function answering(log: LogFailure, answer: (request: HttpRequest) => Promise<unknown>): Handle {
  return async (request) => {
    const requestId = randomUUID();
    try {
      return json(200, requestId, await answer(request));
    } catch (error) {
      return refusal(error, requestId, log);
    }
  };
}

/** In the form in which the AWS SDKs read errors of a REST service: the type in a header, the message in the body. */
function refusal(error: unknown, requestId: string, log: LogFailure): HttpResponse {
  if (error instanceof BadRequest || error instanceof MockContextRefused) {
    return json(400, requestId, { message: error.message }, 'BadRequestException');
  }
  if (error instanceof RequestRefused) {
    return json(error.status, requestId, { message: error.message }, error.errorType);
  }
  log({ requestId, error });
  return json(500, requestId, { message: 'internal error' }, 'InternalFailureException');
}

const json = (status: number, requestId: string, value: unknown, errorType?: string): HttpResponse => ({
  status,
  headers: {
    'Content-Type': 'application/json',
    'x-amzn-RequestId': requestId,
    ...(errorType && { 'x-amzn-ErrorType': errorType }),
  },
  body: JSON.stringify(value),
});

type Handler = 'request' | 'response';

/** Characters (AppSync API reference, EvaluateCode, "Length Constraints"). */
const LONGEST_CODE = 32_768;
const LONGEST_CONTEXT = 28_000;

/** AppSync requires runtime, code and context, and accepts only one runtime; its wording of a refusal is unknown. */
function readRequest(body: Record<string, unknown>): {
  code: string;
  context: MockContext;
  handler: Handler;
} {
  const { runtime, code, context } = body;
  if (!isRecord(runtime)) {
    throw missing('runtime');
  }
  checkValue('runtime.name', runtime['name'], ['APPSYNC_JS']);
  checkValue('runtime.runtimeVersion', runtime['runtimeVersion'], ['1.0.0']);
  if (typeof code !== 'string') {
    throw missing('code');
  }
  if (typeof context !== 'string') {
    throw missing('context');
  }
  checkLength('code', code, 1, LONGEST_CODE);
  checkLength('context', context, 2, LONGEST_CONTEXT);
  const handler = body['function'] ?? 'request';
  checkValue('function', handler, ['request', 'response']);
  return { code, context: mockContext(parsed(context, 'context')), handler: handler as Handler };
}

/** In the words of the AWS services' own validation. */
const missing = (member: string): BadRequest => invalid(member, null, 'Member must not be null');

function checkValue(member: string, value: unknown, allowed: readonly string[]): void {
  if (typeof value !== 'string') {
    throw missing(member);
  }
  if (!allowed.includes(value)) {
    throw invalid(member, value, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
  }
}

function checkLength(member: string, value: string, least: number, most: number): void {
  if (value.length < least) {
    throw invalid(member, value, `Member must have length greater than or equal to ${least}`);
  }
  if (value.length > most) {
    const shown = `${value.slice(0, 20)}…`;
    throw invalid(member, shown, `Member must have length less than or equal to ${most}`);
  }
}

const invalid = (member: string, value: string | null, constraint: string): BadRequest =>
  new BadRequest(
    `1 validation error detected: Value ${value === null ? 'null' : `'${value}'`} at '${member}' failed to satisfy constraint: ${constraint}`,
  );

async function jsonBody(request: HttpRequest): Promise<Record<string, unknown>> {
  const body = parsed(await request.body(), 'request body');
  if (!isRecord(body)) {
    throw new BadRequest('The request body must be a JSON object.');
  }
  return body;
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(`The ${what} is not valid JSON.`);
  }
}

async function evaluate(
  evaluations: EvaluateCodeOptions['evaluations'],
  code: string,
  context: MockContext,
  handler: Handler,
): Promise<EvaluateCodeAnswer> {
  try {
    return answerOf(await evaluations.evaluate(code, handler, context));
  } catch (error) {
    if (error instanceof CodeRefused) {
      return refused(error.problems, context);
    }
    if (error instanceof EvaluationStopped) {
      return stopped(error, context);
    }
    throw error;
  }
}

function answerOf({ evaluation, logs, stash, outErrors }: CodeEvaluation): EvaluateCodeAnswer {
  const outcome =
    evaluation.kind === 'raised'
      ? { error: { message: evaluation.error.message, codeErrors: [] } }
      : { evaluationResult: JSON.stringify(evaluation.value) };
  const errors = outErrors.map(({ message, errorType, data, errorInfo }) => ({
    message,
    errorType,
    data,
    errorInfo,
  }));
  return { ...outcome, logs, stash: JSON.stringify(stash), outErrors: JSON.stringify(errors) };
}

const refused = (problems: readonly CodeProblem[], { stash }: MockContext): EvaluateCodeAnswer => ({
  error: {
    message: problems.map(problemLine).join('\n'),
    codeErrors: problems.map((problem) => ({
      errorType: problem.errorType,
      value: errorValue(problem),
      location: { line: problem.line, column: problem.column, span: problem.span },
    })),
  },
  logs: [],
  stash: JSON.stringify(stash ?? {}),
  outErrors: '[]',
});

/** Like an error that the code raises; its logs and the changes to its stash are lost. */
const stopped = ({ message }: EvaluationStopped, { stash }: MockContext): EvaluateCodeAnswer => ({
  error: { message, codeErrors: [] },
  logs: [],
  stash: JSON.stringify(stash ?? {}),
  outErrors: '[]',
});

/** In AWS's form: `code.js(5,14): error TS2339: …` (localstack/appsync-utils). */
const problemLine = ({ file, line, column, message }: CodeProblem): string =>
  `${file}(${line},${column}): ${message}`;

/** @returns the value that AppSync was recorded to give for TypeScript's diagnostics (hashicorp/terraform-provider-aws#30760) */
function errorValue(problem: CodeProblem): string {
  switch (problem.errorType) {
    case 'PARSE_ERROR':
      return `${problemLine(problem)}\n`;
    case 'PARSER_ERROR':
      return `Parsing error: ${problem.message}`;
    case 'LINT_ERROR':
    case 'INVALID_FUNCTION_INVOCATION':
      return problem.message;
  }
}
