const { runtimeError } = require('./errors.cjs');

/** Ends the invocation when nothing is left to wait for; null between invocations. */
let onEmptyLoop = null;
process.on('beforeExit', () => {
  // A turn of the event loop keeps the process alive for what follows.
  if (onEmptyLoop) setImmediate(onEmptyLoop);
});

/**
 * Calls the handler once. A returned promise gives the response. Without a promise, a runtime with callbacks waits for the
 * callback, or until the event loop is empty, which gives null; a runtime without callbacks takes the returned value.
 *
 * @returns the handler's response. @throws the handler's error.
 */
async function runInvocation(handler, invocation, callbacks) {
  try {
    return await new Promise((succeed, fail) => {
      onEmptyLoop = callbacks ? () => succeed(null) : () => fail(neverSettled());
      const context = createContext(invocation);
      const callback = callbacks ? addCallbacks(context, succeed, fail) : undefined;
      const result = callback
        ? handler(invocation.event, context, callback)
        : handler(invocation.event, context);
      if (typeof result?.then === 'function') {
        if (!callback?.called()) onEmptyLoop = () => fail(neverSettled());
        result.then(succeed, fail);
      } else if (!callbacks) succeed(result);
    });
  } finally {
    onEmptyLoop = null;
  }
}

/** The context object ("Using the Lambda context object to retrieve Node.js function information"). */
function createContext({ requestId, functionArn, deadlineMs }) {
  const { env } = process;
  return {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: functionArn,
    awsRequestId: requestId,
    clientContext: undefined,
    identity: undefined,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

/**
 * Adds `done`, `succeed` and `fail` to the context, which respond at once, and creates the callback, which waits until the
 * event loop is empty unless `callbackWaitsForEmptyEventLoop` is false. The first call of any of them counts.
 */
function addCallbacks(context, succeed, fail) {
  let called = false;
  const first = (act) => (error, result) => {
    if (called) return;
    called = true;
    if (error !== undefined && error !== null) fail(error);
    else act(result);
  };
  context.done = first(succeed);
  context.succeed = (result) => context.done(null, result);
  context.fail = (error) => context.done(error ?? 'handled');
  const callback = first((result) => {
    if (!context.callbackWaitsForEmptyEventLoop) succeed(result);
    else onEmptyLoop = () => succeed(result);
  });
  return Object.assign(callback, { called: () => called });
}

const neverSettled = () =>
  runtimeError(
    'NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that ' +
      'was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );

module.exports = { runInvocation };
