import type { RunContext } from '../../../../src/runtime/context.ts';
import { DEFAULT_JAVASCRIPT } from '../../../../src/runtime/javascript.ts';
import { createRuntime } from '../../../../src/runtime/runtime.ts';
import type { ContextInit, Evaluation } from '../../../../src/runtime/runtime.types.ts';
import { translate } from '../../../../src/runtime/translate.ts';
import { codeUnit } from '../../../harness/code-unit.ts';
import { contextInit } from './evaluate.ts';

/** A runtime that evaluates what AppSync would refuse, so that safety does not hang on the check. */
const runtime = createRuntime({
  allowance: 20_000_000,
  translations: {
    has: () => true,
    find: (text) => ({ translation: translate(text, codeUnit(text), DEFAULT_JAVASCRIPT), warnings: [] }),
    keep: () => undefined,
  },
});

const IMPORTS = `import { util, extensions, runtime } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
import * as rds from '@aws-appsync/utils/rds';
`;

/** The context code saw and left behind, with whatever it put there, and what became of the handler. */
export function runUnchecked(
  body: string,
  init: Partial<ContextInit> = {},
): { ctx: unknown; evaluation: Evaluation } {
  const module = runtime.load({
    logicalId: 'Code',
    title: 'resolver Query.getItem',
    text: `${IMPORTS}export function request(ctx) {\n${body}\n}\nexport function response(ctx) { return ctx.result; }\n`,
  });
  const context = runtime.createContext(contextInit(init));
  const evaluation = withoutFormatter(() => module.request(context));
  return { ctx: (context as RunContext).ctx, evaluation };
}

/** Test runners format stack traces, and Node.js has them do so for the errors of every realm; nothing in the server does. */
function withoutFormatter<T>(run: () => T): T {
  const format: { prepareStackTrace?: unknown } = Error;
  const { prepareStackTrace } = format;
  format.prepareStackTrace = undefined;
  try {
    return run();
  } finally {
    format.prepareStackTrace = prepareStackTrace;
  }
}
