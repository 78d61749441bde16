import { spawn } from 'node:child_process';
import { sendJson, textOf } from './hop.mjs';

/** Far enough for the function not to run out of time. */
const DEADLINE_MS = 60_000;
const ACCEPTED = '{"status":"OK"}';
const ALL_PUBLISHED = '{"batchItemFailures":[]}';

/** Runs the publishing function under the bootstrap of the emulator, behind the least of Lambda's Runtime API. */
export function startPublisher({ command, args, cwd, env }) {
  // The fourth is the lifeline of the bootstrap, which ends the group of its process with this one.
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    detached: true,
  });
  child.on('exit', (code, signal) => fail(`the function ended with ${code ?? signal}`));
  child.stdio[3].on('error', () => {});

  let isReady;
  const ready = new Promise((resolve) => (isReady = resolve));
  /** The runtime's open request for an event. */
  let next;
  let invocations = 0;
  let done;

  return {
    ready,
    invoke(event) {
      invocations += 1;
      sendJson(next, event, {
        'Lambda-Runtime-Aws-Request-Id': String(invocations),
        'Lambda-Runtime-Deadline-Ms': Date.now() + DEADLINE_MS,
        'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:us-east-1:000000000000:function:publisher',
        'Lambda-Runtime-Trace-Id': '',
      });
      return new Promise((resolve) => (done = resolve));
    },
    /** @param path below `/2018-06-01/runtime/` */
    async serve(path, request, response) {
      if (path === 'invocation/next') {
        next = response;
        (done ?? isReady)();
        return;
      }
      const answer = await textOf(request);
      if (answer !== ALL_PUBLISHED) {
        fail(`the function answered ${path} with ${answer}`);
      }
      sendJson(response, ACCEPTED);
    },
  };
}

/** A change that was not published ends the measurement. */
function fail(reason) {
  console.error(reason);
  process.exit(1);
}
