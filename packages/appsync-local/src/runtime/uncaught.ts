import type { CompiledCode } from './compile.ts';
import { HelperFailure, Interruption } from './interruption.ts';
import type { Evaluation } from './runtime.types.ts';
import { CODE_FILE } from './source-positions.ts';
import type { CodePlace } from './source-positions.ts';

const FRAME = new RegExp(`^ {4}at .*\\b${CODE_FILE.replace('.', '\\.')}:(\\d+):(\\d+)\\)?$`, 'm');

/** Where the innermost line of uploaded code on a stack is; undefined when there is none. */
export function codePlace(
  stack: string | undefined,
  code: Pick<CompiledCode, 'uploaded'>,
): CodePlace | undefined {
  const frame = FRAME.exec(stack ?? '');
  return frame ? code.uploaded(Number(frame[1]), Number(frame[2])) : undefined;
}

/**
 * An error's stack in V8's own form, which is made when it is first asked for. A tool that has put its formatter into
 * `Error.prepareStackTrace`, as test runners do, meets the frames of a realm whose functions have no `call` (Node 22 and later).
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

/** What a handler that did not return came to. */
export function uncaught(thrown: unknown, code: CompiledCode): Evaluation {
  if (thrown instanceof Interruption) {
    return thrown.evaluation;
  }
  const error = { message: describe(thrown, code), errorType: 'Code', data: null, errorInfo: null };
  return { kind: 'raised', error };
}

/**
 * `code.js:162:13: ReferenceError: x is not defined`, as AppSync words it (aws/aws-appsync-community#328).
 * A helper's own complaint goes without a class name.
 */
export function describe(thrown: unknown, code: CompiledCode): string {
  const { name, message } = thrown as Error;
  const text = thrown instanceof HelperFailure ? message : `${name}: ${message}`;
  const { line, column } = codePlace(stackOf(thrown), code) ?? { line: 0, column: 0 };
  return `${CODE_FILE}:${line}:${column}: ${text}`;
}
