/**
 * Runs in every execution environment: loads the handler and serves the Lambda Runtime API with it, like Lambda's Node.js
 * runtime interface client. Plain JavaScript without dependencies, so that nothing of the project stands between Node.js and
 * the function.
 *
 * CommonJS, because Node.js loads it at a cold start in 0.02 s less of CPU than ES modules: those read every export of a built-in module that they
 * import, and since Node.js 22 one of `node:http` loads all of undici (measured 2026-11-24 and 2026-11-30).
 */
const { Worker } = require('node:worker_threads');
const { optimizeLate, optimizeSoonOnceUsed } = require('./bootstrap/compiler.cjs');
const { logError, patchConsole, setRequestId } = require('./bootstrap/console.cjs');
const { unhandledRejection } = require('./bootstrap/errors.cjs');
const { runInvocation } = require('./bootstrap/invocation.cjs');
const { loadHandler } = require('./bootstrap/load-handler.cjs');
const { redirectDynamoDb } = require('./bootstrap/local-dynamodb.cjs');
const { connect } = require('./bootstrap/runtime-client.cjs');

const { _HANDLER, LAMBDA_TASK_ROOT, AWS_EXECUTION_ENV, AWS_ENDPOINT_URL_DYNAMODB } = process.env;
/** From Node.js 24 on, handlers have no callback. */
const callbacks = Number(/nodejs(\d+)/.exec(AWS_EXECUTION_ENV)?.[1]) < 24;
const lean = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };

optimizeLate();
new Worker(require.resolve('./bootstrap/lifeline.cjs'), {
  env: {},
  execArgv: [],
  resourceLimits: lean,
}).unref();
// On Lambda a program in ES modules loads the function, which then has no `require.main`.
process.mainModule = undefined;
patchConsole(process.env.AWS_LAMBDA_LOG_FORMAT);
const client = connect(process.env.AWS_LAMBDA_RUNTIME_API);
/** Where an uncaught error is reported: to init, later to the running invocation. */
let report = client.postInitError;
let hasGivenUp = false;

// The exit codes are those of Lambda's runtime interface client.
process.on('uncaughtException', (error) => giveUp('Uncaught Exception', error, 129));
process.on('unhandledRejection', (reason) =>
  giveUp('Unhandled Promise Rejection', unhandledRejection(reason), 128),
);

serve();

async function serve() {
  let handler;
  try {
    const hasLoaded = redirectDynamoDb(AWS_ENDPOINT_URL_DYNAMODB);
    handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER, callbacks);
    hasLoaded();
  } catch (error) {
    return giveUp('Uncaught Exception', error, 1);
  }
  for (;;) {
    optimizeSoonOnceUsed();
    const invocation = await client.next();
    const id = invocation.requestId;
    setRequestId(id);
    process.env._X_AMZN_TRACE_ID = invocation.traceId;
    report = (error) => client.postError(id, error);
    try {
      const result = await runInvocation(handler, invocation, callbacks);
      await client.postResponse(id, serialize(result));
    } catch (error) {
      logError('Invoke Error', error);
      await client.postError(id, error);
    }
  }
}

function serialize(result) {
  let text;
  try {
    text = JSON.stringify(result === undefined ? null : result);
  } catch {
    throw new Error('Unable to stringify response body');
  }
  return text ?? 'null';
}

/** Ends the process with the first uncaught error; further ones come of reporting it. */
async function giveUp(what, error, exitCode) {
  if (hasGivenUp) return;
  hasGivenUp = true;
  try {
    logError(what, error);
    await report(error);
  } finally {
    process.exit(exitCode);
  }
}
