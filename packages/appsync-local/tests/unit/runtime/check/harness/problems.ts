import { check } from '../../../../../src/runtime/check/check.ts';

const RESPONSE = '\nexport function response(ctx) { return ctx.result; }';

/** What is wrong with code that need not export `response` itself. */
export const problemsOf = (code: string): string[] =>
  check(code + RESPONSE).problems.map(({ message }) => message);

/** What is wrong with a body of the request handler. */
export const problemsIn = (body: string): string[] => problemsOf(`export function request(ctx) { ${body} }`);
