import { StartFailure as StartFailureClass } from './ground/start-failure.ts';
import { evaluateHandler } from './library/evaluate.ts';
import type {
  CodeProblem,
  EvaluateOptions,
  EvaluateResult,
  Json,
  Server,
  StartOptions,
} from './library/library.types.ts';
import { startServer } from './library/server.ts';
import { CodeRefused as CodeRefusedClass } from './runtime/code-refused.ts';
import { MockContextRefused as MockContextRefusedClass } from './runtime/mock-context.ts';

export type * from './library/library.types.ts';

/**
 * Starts the GraphQL API of a CDK app, by default in memory and on a free port: everything that `npx appsync-local` runs.
 *
 * @throws StartFailure with the reason in one line; TypeError for options that do not exist, have the wrong type or contradict each other
 */
export async function start(options: StartOptions = {}): Promise<Server> {
  return startServer(options);
}

/**
 * Runs one handler of a resolver or an AppSync function on a context, like AppSync's EvaluateCode: no server, no data source.
 * New code is checked as on upload, which takes up to a second; after that a call takes microseconds.
 *
 * @throws CodeRefused when AppSync would refuse the code, with every problem
 * @throws MockContextRefused when AppSync would refuse the context
 */
export async function evaluate<Result = Json>(options: EvaluateOptions): Promise<EvaluateResult<Result>> {
  return evaluateHandler(options);
}

/** Why a server does not start: what happened, the value seen, what to do. */
export interface StartFailure extends Error {
  name: 'StartFailure';
  /** All of them, the most important first; `message` has the first and the number of the others. */
  reasons: readonly string[];
}

/** AppSync would refuse the code. */
export interface CodeRefused extends Error {
  name: 'CodeRefused';
  /** All problems, in the order of the code. */
  problems: readonly CodeProblem[];
}

/** AppSync would refuse the context; the message names its invalid members. */
export interface MockContextRefused extends Error {
  name: 'MockContextRefused';
}

type ErrorClass<Made extends Error> = new (...given: never[]) => Made;

export const StartFailure = StartFailureClass as ErrorClass<StartFailure>;
export const CodeRefused = CodeRefusedClass as ErrorClass<CodeRefused>;
export const MockContextRefused = MockContextRefusedClass as ErrorClass<MockContextRefused>;
