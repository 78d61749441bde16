import { setTimeout as sleep } from 'node:timers/promises';
import { SEVERITIES, type Severity } from '../ground/severity.ts';
import { type LogFilter, type LogLine, passes } from '../logs/log-line.ts';
import type { LogList } from '../logs/routes.ts';
import { parseArgs } from './arguments.ts';
import { sourceLine, styled } from './output.ts';
import { answerOf, askRecording, checkPort, defaultPort, endUnserved, LOOK_MS } from './running-server.ts';
import { endWithOutput } from './standard-output.ts';

const HELP = `Shows the last lines that Lambda functions, resolvers and the running local server logged, in one stream. Credentials
are hidden.

Usage: npx appsync-local logs [options]

  (no option)    The last 100 lines.
  --id ID        Lines of one GraphQL request (x-amzn-RequestId) or of one invocation of a Lambda function.
  --source NAME  Lines of a Lambda function, of "resolver", or of a part of the server such as "streams"; part of the name is enough.
  --level LEVEL  Lines of this level or above: ${SEVERITIES.join(', ')}. Default: info
  --text TEXT    Lines with this text, ignoring case.
  --follow       Also new lines as they arrive, until Ctrl-C.
  --json         Print each line as JSON.
  --port N       Port of the server. Default: PORT, or 4000.
  --help         Print this.

Example: npx appsync-local logs --level warn --follow`;

const OPTIONS = {
  id: { type: 'string' },
  source: { type: 'string' },
  level: { type: 'string' },
  text: { type: 'string' },
  follow: { type: 'boolean' },
  json: { type: 'boolean' },
  port: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parse>;

const parse = () => parseArgs({ options: OPTIONS }).values;

const MOST_LINES = 100;

async function main(): Promise<void> {
  endWithOutput();
  const options = parse();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const port = options.port ?? defaultPort();
  checkPort(port);
  const filter = filterOf(options);
  const { lines, newest, dropped } = await ask(port, 0);
  const found = lines.filter((line) => passes(line, filter));
  print(found.slice(-MOST_LINES), options);
  if (found.length === 0 && !options.follow) {
    console.error(
      `None of the ${lines.length} recorded lines matches${dropped > 0 ? `; ${dropped} older ones were dropped` : ''}.`,
    );
  }
  if (options.follow) {
    await follow(port, newest, filter, options);
  }
}

function filterOf({ id, source, level = 'info', text }: Options): LogFilter {
  const severity: Severity | undefined = SEVERITIES.find((one) => one === level);
  if (!severity) {
    throw new Error(`--level must be one of ${SEVERITIES.join(', ')}, not "${level}"`);
  }
  return {
    level: severity,
    ...(id !== undefined && { id }),
    ...(source !== undefined && { source }),
    ...(text !== undefined && { text }),
  };
}

async function follow(port: string, from: number, filter: LogFilter, options: Options): Promise<void> {
  let seen = from;
  for (;;) {
    await sleep(LOOK_MS);
    const { lines, newest } = await ask(port, seen);
    print(
      lines.filter((line) => passes(line, filter)),
      options,
    );
    // A server that was started again counts from 1.
    seen = newest < seen ? 0 : newest;
  }
}

function print(lines: LogLine[], { json }: Options): void {
  lines.forEach((line) => console.log(json ? JSON.stringify(line) : shown(line)));
}

function shown({ at, source, severity, text, requestId }: LogLine): string {
  const of = requestId === undefined || text.includes(requestId) ? '' : `  (request ${requestId})`;
  return `${styled(process.stdout, 'dim', at.slice(11, 23))} ${sourceLine(source, `${text}${of}`, severity)}`;
}

async function ask(port: string, after: number): Promise<LogList> {
  const path = `/_local/logs?after=${after}`;
  return answerOf<LogList>(await askRecording(port, path, 'the server records no lines'), port);
}

main().catch((error: Error) => endUnserved(error, 'logs'));
