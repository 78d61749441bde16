import type { CodePlace } from '../ground/source-map.ts';
import type { CompiledCode } from './compile.ts';
import { HelperFailure, Interruption } from './interruption.ts';
import type { Evaluation } from './runtime.types.ts';
import { CODE_FILE } from './source-positions.ts';

const FRAME = new RegExp(`^ {4}at .*\\b${CODE_FILE.replace('.', '\\.')}:(\\d+):(\\d+)\\)?$`, 'm');

/** The place of the innermost line of uploaded code on a stack; undefined when there is none. */
export function codePlace(
  stack: string | undefined,
  code: Pick<CompiledCode, 'uploaded'>,
): CodePlace | undefined {
  const frame = FRAME.exec(stack ?? '');
  return frame ? code.uploaded(Number(frame[1]), Number(frame[2])) : undefined;
}

/**
 * Reads an error's stack in V8's own form, which is created on first access. A tool that sets its own formatter in
 * `Error.prepareStackTrace`, as test runners do, meets the frames of a realm whose functions have no `call` (Node.js 22 and
 * later).
 */
export function stackOf(thrown: unknown): string | undefined {
  const format: { prepareStackTrace?: unknown } = Error;
  const { prepareStackTrace } = format;
  format.prepareStackTrace = undefined;
  try {
    return (thrown as Error | null)?.stack;
  } finally {
    format.prepareStackTrace = prepareStackTrace;
  }
}

/** The outcome of a handler that did not return. */
export function uncaught(thrown: unknown, code: CompiledCode): Evaluation {
  if (thrown instanceof Interruption) {
    return thrown.evaluation;
  }
  const error = { message: describe(thrown, code), errorType: 'Code', data: null, errorInfo: null };
  return { kind: 'raised', error };
}

/**
 * `code.js:162:13: ReferenceError: x is not defined`, as AppSync words it (aws/aws-appsync-community#328). A message of a
 * helper's own has no class name.
 */
export function describe(thrown: unknown, code: CompiledCode): string {
  const { line, column } = codePlace(stackOf(thrown), code) ?? { line: 0, column: 0 };
  return `${CODE_FILE}:${line}:${column}: ${words(thrown)}`;
}

/** `ReferenceError: x is not defined`. */
export function words(thrown: unknown): string {
  const { name, message } = thrown as Error;
  // Code may throw what is no error, so only the text that comes of it is looked at.
  return thrown instanceof HelperFailure ? message : withoutHostCalls(`${name}: ${message}`);
}

/** What V8 calls a value that has no name in the code. */
const NAMELESS = '(intermediate value)';

/** A call that `translate.ts` put around an expression, as V8 shows it. */
const HOST_CALL = /host\$_*(?:take|takeKeys|step|spread|grown|same|coalesce|noCase)\b(?:\(\.\.\.\))?/g;

const withoutHostCalls = (message: string): string =>
  message.replace(HOST_CALL, NAMELESS).replace(`${NAMELESS} is not a function or its return value`, NAMELESS);
