/**
 * Runs in every execution environment: loads the handler and serves the Lambda Runtime API with it, like Lambda's Node.js
 * runtime interface client. Plain JavaScript without dependencies, so that nothing of the project stands between Node.js and
 * the function.
 */
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { logError, patchConsole, setRequestId } from './bootstrap/console.mjs';
import { unhandledRejection } from './bootstrap/errors.mjs';
import { runInvocation } from './bootstrap/invocation.mjs';
import { loadHandler } from './bootstrap/load-handler.mjs';
import { redirectDynamoDb } from './bootstrap/local-dynamodb.mjs';
import { connect } from './bootstrap/runtime-client.mjs';

const { _HANDLER, LAMBDA_TASK_ROOT, AWS_EXECUTION_ENV, AWS_ENDPOINT_URL_DYNAMODB } = process.env;
/** From Node.js 24 on, handlers have no callback. */
const callbacks = Number(/nodejs(\d+)/.exec(AWS_EXECUTION_ENV)?.[1]) < 24;
const lifeline = new URL('./bootstrap/lifeline.mjs', import.meta.url);
const lean = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };

new Worker(lifeline, { env: {}, execArgv: [], resourceLimits: lean }).unref();
patchConsole(process.env.AWS_LAMBDA_LOG_FORMAT);
const client = connect(process.env.AWS_LAMBDA_RUNTIME_API);
/** Where an uncaught error is reported: to init, later to the running invocation. */
let report = client.postInitError;

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

async function giveUp(what, error, exitCode) {
  logError(what, error);
  await report(error);
  process.exit(exitCode);
}
