import type { LambdaResult } from '../lambda/lambda-result.ts';
import type { LogLine } from '../logs/log-line.ts';

/** The answer to `GET /_local/functions`. */
export interface FunctionsView {
  lambdas: LambdaView[];
  resolvers: ResolverView[];
  appSyncFunctions: AppSyncFunctionView[];
  /** Whether runs and invocations are kept. */
  isRecording: boolean;
}

/** What many runs came to. Times are milliseconds. */
export interface RunCounts {
  count: number;
  errors: number;
  /** Absent before the first run. */
  medianMs?: number;
}

/** A Lambda function, for people. */
export interface LambdaView {
  name: string;
  logicalId: string;
  runtime: string;
  handler: string;
  /** The file that its bundle begins with; absent without a source map. */
  source?: string;
  memoryMb: number;
  timeoutSeconds: number;
  /** Names only: values may be secret. */
  environment: string[];
  layers: number;
  /** Absent without a limit of its own. */
  reservedConcurrency?: number;
  /** What makes it run, as far as the template says it. */
  calledBy: string[];
  runs: RunCounts & { coldStarts: number };
}

export interface ResolverView {
  /** `Query.getItem`. */
  field: string;
  /** `NOT_RUN` has a reason. */
  kind: 'UNIT' | 'PIPELINE' | 'NOT_RUN';
  /** `DynamoDB Items`; of a pipeline those of its AppSync functions. */
  dataSources: string[];
  /** AppSync functions of a pipeline, in order. */
  functions: string[];
  source?: string;
  /** Why it does not run here. */
  reason?: string;
  runs: RunCounts;
}

export interface AppSyncFunctionView {
  name: string;
  dataSources: string[];
  source?: string;
  /** The fields whose pipelines have it. */
  usedBy: string[];
  reason?: string;
  runs: RunCounts;
}

/** One run of a resolver or an AppSync function, in a recorded request. */
export interface RunView {
  /** Of the request. */
  requestId: string;
  /** The operation. */
  title: string;
  at: string;
  ms: number | null;
  /** `Conflict: item a1 was expected at …`; null when there was none. */
  error: string | null;
}

/** One line of a Lambda function's invocations. */
export interface InvocationSummary {
  /** `awsRequestId`. */
  id: string;
  functionName: string;
  at: string;
  type: 'RequestResponse' | 'Event';
  /** How often it was tried. */
  attempts: number;
  /** For people: `Mutation.putItem`, `stream of Items`, `console`. */
  by: string | null;
  /** Of the GraphQL request that made it run. */
  requestId: string | null;
  /** From the call to the answer, with the wait for an environment and its start; null while it runs. */
  totalMs: number | null;
  /** As REPORT has it. */
  durationMs: number | null;
  /** Of a cold start: how long loading the function took. */
  initMs: number | null;
  maxMemoryMb: number | null;
  error: string | null;
}

/** Everything about an invocation, without credentials. */
export interface InvocationView extends InvocationSummary {
  payload: unknown;
  /** Null while it runs. */
  result: LambdaResult | { cut: number } | null;
  lines: LogLine[];
}
