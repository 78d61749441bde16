import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordedRequest } from '../recorder/recorded-request.ts';
import type { RequestList, StepContext } from '../recorder/routes.ts';
import { parseArgs } from './arguments.ts';
import { styled } from './output.ts';
import { answerOf, askRecording, checkPort, defaultPort, endUnserved, LOOK_MS } from './running-server.ts';
import { endWithOutput } from './standard-output.ts';
import { listLines, type Paint, waterfallLines } from './waterfall.ts';

const HELP = `Shows requests that the running local server answered: the caller, each step with its time, the calls to DynamoDB and
other services, and the cost on AWS. Credentials are hidden.

Usage: npx appsync-local trace [options]

  (no option)      The last 20 requests, one per line.
  --last           The last request of a client, step by step.
  --id ID          The request with this x-amzn-RequestId, step by step.
  --follow         Each new request, one per line, until Ctrl-C.
  --step N         With --last or --id: one step with its values, as JSON.
  --context        With --step: the context that its handler ran with, for npx appsync-local evaluate.
  --function NAME  With --context: request or response. Default: request
  --curl           With --last or --id: a command line that repeats the request.
  --json           Print JSON.
  --port N         Port of the server. Default: PORT, or 4000.
  --help           Print this.

Example: npx appsync-local trace --last --step 2 --context > ctx.json && npx appsync-local evaluate readItem --context ctx.json`;

const OPTIONS = {
  last: { type: 'boolean' },
  id: { type: 'string' },
  follow: { type: 'boolean' },
  step: { type: 'string' },
  context: { type: 'boolean' },
  function: { type: 'string' },
  curl: { type: 'boolean' },
  json: { type: 'boolean' },
  port: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parse>;

const parse = () => parseArgs({ options: OPTIONS }).values;

async function main(): Promise<void> {
  endWithOutput();
  const options = parse();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const port = options.port ?? defaultPort();
  checkPort(port);
  checkTogether(options);
  if (options.follow) {
    return follow(port, options.json === true);
  }
  const id = options.last ? 'last' : options.id;
  console.log(id === undefined ? await list(port, options) : await one(port, id, options));
}

/** @throws Error for options that do not go together */
function checkTogether({ last, id, follow: follows, step, context, curl, function: handler }: Options): void {
  const isOne = last === true || id !== undefined;
  if ([last, id !== undefined, follows].filter(Boolean).length > 1) {
    throw new Error('--last, --id and --follow each choose the requests; pass one of them');
  }
  if ((step !== undefined || curl) && !isOne) {
    throw new Error('--step and --curl need one request; pass --last or --id ID with them');
  }
  if (context && step === undefined) {
    throw new Error('--context needs one step; pass --step N');
  }
  if (handler !== undefined && !context) {
    throw new Error('--function chooses the handler of --context; pass both');
  }
  if (step !== undefined && !/^\d+$/.test(step)) {
    throw new Error(`--step must be a number of the list that trace prints, not "${step}"`);
  }
}

const MOST_LISTED = 20;

async function list(port: string, { json }: Options): Promise<string> {
  const listed = await get<RequestList>(port, '');
  if (json) {
    return inJson(listed);
  }
  const { requests, holding } = listed;
  const { skipped } = holding;
  return [
    ...listLines(requests.slice(0, MOST_LISTED), paint),
    ...(requests.length === 0 ? ['No requests yet.'] : []),
    ...(skipped > 0 ? [`${skipped} requests arrived too fast to be recorded.`] : []),
  ].join('\n');
}

async function one(port: string, id: string, options: Options): Promise<string> {
  const { step, context, curl, json } = options;
  const path = `/${encodeURIComponent(id)}`;
  if (curl) {
    return (await (await ask(port, `${path}/curl`)).text()).trimEnd();
  }
  if (context) {
    const query = options.function === undefined ? '' : `?handler=${encodeURIComponent(options.function)}`;
    const { context: found } = await get<StepContext>(port, `${path}/steps/${step}/context${query}`);
    return inJson(found);
  }
  const request = await get<RecordedRequest>(port, path);
  if (step !== undefined) {
    return inJson(stepOf(request, Number(step)));
  }
  return json ? inJson(request) : waterfallLines(request, paint).join('\n');
}

function stepOf({ resolvers }: RecordedRequest, number: number): object {
  const steps = resolvers.flatMap((resolver) => resolver.steps);
  const found = steps.find((step) => step.number === number);
  if (!found) {
    throw new Error(`the request has ${steps.length} steps; there is no step ${number}`);
  }
  return found;
}

async function follow(port: string, json: boolean): Promise<void> {
  let { number: last = 0 } = (await get<RequestList>(port, '')).requests[0] ?? {};
  for (;;) {
    await sleep(LOOK_MS);
    const { requests, holding } = await get<RequestList>(port, `?after=${last}`);
    const lines = json
      ? [...requests].reverse().map((request) => JSON.stringify(request))
      : listLines(requests, paint);
    lines.forEach((line) => console.log(line));
    // A server that was started again counts from 1.
    last = Math.min(requests[0]?.number ?? last, holding.requests + holding.dropped);
  }
}

const paint: Paint = (style, text) => styled(process.stdout, style, text);

const inJson = (value: unknown): string => JSON.stringify(value, null, 2);

const get = async <Answer>(port: string, path: string): Promise<Answer> =>
  answerOf<Answer>(await ask(port, path), port);

const ask = (port: string, path: string): Promise<Response> =>
  askRecording(port, `/_local/requests${path}`, 'the server records no requests');

main().catch((error: Error) => endUnserved(error, 'trace'));
