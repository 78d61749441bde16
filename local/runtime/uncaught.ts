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

/** What a handler that did not return came to. */
export function uncaught(thrown: unknown, code: CompiledCode): Evaluation {
  if (thrown instanceof Interruption) return thrown.evaluation;
  const error = { message: describe(thrown, code), errorType: 'Code', data: null, errorInfo: null };
  return { kind: 'raised', error };
}

/**
 * `code.js:162:13: ReferenceError: x is not defined`, as AppSync words it (aws-appsync-community issue 328).
 * A helper's own complaint goes without a class name.
 */
export function describe(thrown: unknown, code: CompiledCode): string {
  const { name, message, stack } = thrown as Error;
  const text = thrown instanceof HelperFailure ? message : `${name}: ${message}`;
  const { line, column } = codePlace(stack, code) ?? { line: 0, column: 0 };
  return `${CODE_FILE}:${line}:${column}: ${text}`;
}
