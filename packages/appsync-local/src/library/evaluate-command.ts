import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from '../cli/arguments.ts';
import { type AppOptions, assemblyNamed } from '../cli/assembly-named.ts';
import { endFailed } from '../cli/command-failure.ts';
import { endWithOutput } from '../cli/standard-output.ts';
import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import { CONTEXT_MEMBERS, isContextMember, MockContextRefused } from '../runtime/mock-context.ts';
import { readCodes, type StackCode } from '../template/read-codes.ts';
import { evaluateHandler } from './evaluate.ts';
import type { EvaluationContext } from './library.types.ts';

const HELP = `Runs a handler of a resolver or an AppSync function once, on a context that you give, like AppSync's EvaluateCode, and prints
its answer as JSON: { result, error, skipTo, stash, outErrors, logs }. Exit code 1 if the handler fails.

Usage: npx appsync-local evaluate NAME [options]

  NAME             A field such as Query.getItem, the name of an AppSync function, or a file of code (.ts, .js).
  --function NAME  request or response. Default: request
  --context FILE   The context, JSON such as {"arguments":{"id":"1"}}; - reads it from standard input. Default: {}
  --app DIR        A cloud assembly (a cdk.out), or the folder of a CDK app. Default: the working directory.
  --template FILE  A CloudFormation or SAM template instead.
  --parameter NAME=VALUE
                   Value of a template parameter; may be repeated. Default: that of the template.
  --env-file FILE  NAME=value lines: environment of the CDK app.
  --stack NAME     Stack, if several have code of that name.
  --help           Print this.

Example: npx appsync-local evaluate Query.getItem --context ctx.json`;

async function main(): Promise<void> {
  endWithOutput();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      function: { type: 'string', default: 'request' },
      context: { type: 'string' },
      app: { type: 'string' },
      template: { type: 'string' },
      parameter: { type: 'string', multiple: true },
      'env-file': { type: 'string' },
      stack: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) {
    throw new StartFailure(
      `evaluate takes one name, such as Query.getItem, not ${positionals.length}; see npx appsync-local evaluate --help`,
    );
  }
  const { effects: _effects, ...answer } = evaluateHandler({
    ...(await codeNamed(name, values)),
    function: handlerName(values.function),
    context: contextOf(values.context),
  });
  console.log(JSON.stringify(answer, null, 2));
  process.exitCode = answer.error === undefined ? 0 : 1;
}

const isFile = (name: string): boolean => /\.[cm]?[jt]s$/.test(name);

async function codeNamed(
  name: string,
  { stack, ...options }: AppOptions & { stack?: string },
): Promise<{ file: string } | { code: string }> {
  if (isFile(name)) {
    if (!existsSync(name)) {
      throw new StartFailure(`there is no file '${name}'`);
    }
    return { file: name };
  }
  const codes = readCodes(await assemblyNamed(options));
  const named = codes.filter(({ title }) => nameOf(title) === name);
  const chosen = named.filter(({ stackName }) => stack === undefined || stackName === stack);
  const [one, ...others] = chosen;
  if (one === undefined) {
    throw new StartFailure(`there is no code of ${placeOf(name, stack)}; there is ${listOf(codes)}`);
  }
  if (others.some(({ text }) => text !== one.text)) {
    const stacks = chosen.map(({ stackName }) => stackName).join(', ');
    throw new StartFailure(`several stacks have code of ${name}: ${stacks}; choose one with --stack`);
  }
  return { code: one.text };
}

/** `Query.getItem` of `resolver Query.getItem`, `readItem` of `AppSync function readItem`. */
const nameOf = (title: string): string => title.replace(/^(resolver|AppSync function) /, '');

const placeOf = (name: string, stack: string | undefined): string =>
  stack === undefined ? name : `${name} in stack ${stack}`;

const listOf = (codes: StackCode[]): string =>
  [...new Set(codes.map(({ title }) => nameOf(title)))].join(', ') || 'none';

function handlerName(name: string): 'request' | 'response' {
  if (name === 'request' || name === 'response') {
    return name;
  }
  throw new StartFailure(`--function must be request or response, not "${name}"`);
}

/** Says which members of the context have no effect. @throws StartFailure when it cannot be read, or is no JSON object */
function contextOf(file: string | undefined): EvaluationContext {
  if (file === undefined) {
    return {};
  }
  const context = parsed(file, read(file));
  if (isRecord(context)) {
    const unknown = Object.keys(context).filter((name) => name !== 'args' && !isContextMember(name));
    if (unknown.length > 0) {
      console.error(
        `AppSync does not read ${unknown.join(', ')} of ${file}; it reads ${CONTEXT_MEMBERS.join(', ')}`,
      );
    }
    return context;
  }
  throw new StartFailure(
    `--context must be a JSON object such as {"arguments":{"id":"1"}}; ${file} has another value`,
  );
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new StartFailure(`--context ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartFailure(`--context ${file} is not JSON: ${(error as Error).message}`);
  }
}

/** What AppSync would refuse, what `evaluate` does not take, and what esbuild says of a file. */
const isRefused = (error: unknown): boolean =>
  error instanceof CodeRefused ||
  error instanceof MockContextRefused ||
  error instanceof TypeError ||
  (error instanceof Error && 'errors' in error);

main().catch((error: unknown) => endFailed(error, 'evaluate', isRefused));
