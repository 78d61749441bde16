const { types } = require('node:util');

/** An error of the runtime itself, with the name that Lambda's runtime interface client gives it: `Runtime.HandlerNotFound`. */
function runtimeError(name, message, cause) {
  const error = new Error(message);
  error.name = `Runtime.${name}`;
  error.stack = cause?.stack ?? `${error.name}: ${message}`;
  return error;
}

const unhandledRejection = (reason) =>
  runtimeError('UnhandledPromiseRejection', String(reason), types.isNativeError(reason) ? reason : undefined);

/** The report of an error to the Runtime API: `errorType`, `errorMessage`, `trace`. */
function toReport(error) {
  try {
    if (!looksLikeError(error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
    return {
      errorType: error.name,
      errorMessage: asOnLambda(error.message),
      trace: String(error.stack ?? '').split('\n'),
    };
  } catch {
    // The words of Lambda's runtime interface client (aws/aws-lambda-nodejs-runtime-interface-client, src/Errors.js).
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

/** Replaces this machine's folders by Lambda's, since the message may reach a client. */
const asOnLambda = (message) =>
  message.replaceAll(process.env['LAMBDA_TASK_ROOT'] ?? '/var/task', '/var/task');

/** Errors of another realm (a `vm` context, a jest sandbox) are not instances of ours. */
function looksLikeError(error) {
  if (types.isNativeError(error)) return true;
  return [error?.name, error?.message, error?.stack].every((part) => typeof part === 'string' && part !== '');
}

module.exports = { runtimeError, unhandledRejection, toReport };
