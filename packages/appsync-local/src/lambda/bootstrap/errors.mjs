import { types } from 'node:util';

/** An error of the runtime itself, named as Lambda's runtime interface client names it: `Runtime.HandlerNotFound`. */
export function runtimeError(name, message, cause) {
  const error = new Error(message);
  error.name = `Runtime.${name}`;
  error.stack = cause?.stack ?? `${error.name}: ${message}`;
  return error;
}

export const unhandledRejection = (reason) =>
  runtimeError('UnhandledPromiseRejection', String(reason), types.isNativeError(reason) ? reason : undefined);

/** What the Runtime API is told of an error: `errorType`, `errorMessage`, `trace`. */
export function toReport(error) {
  try {
    if (!looksLikeError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    return {
      errorType: error.name,
      errorMessage: asOnLambda(error.message),
      trace: String(error.stack ?? '').split('\n'),
    };
  } catch {
    const problem = 'a problem while reading its message, name or stack';
    return {
      errorType: 'handled',
      errorMessage: `The function failed with an error, but there was ${problem}`,
    };
  }
}

/** Where Lambda has the code; the message may reach a client, which has no business with this machine's folders. */
const asOnLambda = (message) =>
  message.replaceAll(process.env['LAMBDA_TASK_ROOT'] ?? '/var/task', '/var/task');

/** Errors of another realm (a `vm` context, a jest sandbox) are no instances of ours. */
function looksLikeError(error) {
  if (types.isNativeError(error)) return true;
  return [error?.name, error?.message, error?.stack].every((part) => typeof part === 'string' && part !== '');
}
