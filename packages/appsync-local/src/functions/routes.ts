import type { Handle, HttpRequest } from '../http/message.ts';
import { badRequest, jsonBody, notFound, ownPageJson, requireText } from '../http/own-page-answers.ts';
import type { InvocationCause, InvokeLambda } from '../lambda/lambda-result.ts';
import type { KeptLines } from '../logs/kept-lines.ts';
import type { Show } from '../recorder/hidden.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { rounded } from '../recorder/rounded.ts';
import type { AppModel } from '../template/app-model.ts';
import type { FunctionsView, InvocationSummary, InvocationView, RunView } from './function-view.ts';
import type { KeptInvocation, KeptInvocations } from './kept-invocations.ts';
import { countRuns, countsOf, listRuns } from './runs.ts';
import { type AppFunctions, functionsOf } from './views.ts';

export interface FunctionRoutesOptions {
  /** The app of the moment. */
  app: () => AppModel;
  invoke: InvokeLambda;
  /** Absent when nothing is recorded. */
  recorded?: { recorder: Recorder; invocations: KeptInvocations; lines: KeptLines } | undefined;
  /** Hides credentials. */
  show: () => Show;
}

export interface FunctionRoutes {
  /** `GET /_local/functions`: what there is, and what it did so far. */
  list: Handle;
  /** `GET /_local/functions/invocations?function=NAME`, `…?request=ID` or `…?id=ID`. */
  invocations: Handle;
  /** `GET /_local/functions/runs?name=Query.getItem`. */
  runs: Handle;
  /** `POST /_local/functions/invoke`: `{function, payload}`. */
  invoke: Handle;
}

/** Runs of a resolver that are listed. */
const MOST_RUNS = 100;

/** What the console's Functions room asks for. Answers this machine only, and no web page but the console. */
export function createFunctionRoutes(options: FunctionRoutesOptions): FunctionRoutes {
  const { app, recorded, show } = options;
  const known = remembered(functionsOf);
  return {
    list: ownPageJson(() => viewOf(known(app()), recorded)),
    invocations: ownPageJson(({ query }) => {
      const id = query.get('id');
      return id === null ? { invocations: invocationsOf(query, options) } : invocationOf(id, options);
    }),
    runs: ownPageJson(({ query }): { runs: RunView[] } => {
      const runs = listRuns(recorded?.recorder.list() ?? [], textIn(query, 'name'), MOST_RUNS);
      return { runs: show()(runs) as RunView[] };
    }),
    invoke: ownPageJson((request) => invokeFor(request, options)),
  };
}

/** The last result is returned for as long as the app is the same one. */
function remembered<T>(make: (app: AppModel) => T): (app: AppModel) => T {
  let last: { app: AppModel; made: T } | undefined;
  return (app) => {
    last = last?.app === app ? last : { app, made: make(app) };
    return last.made;
  };
}

function viewOf(
  { lambdas, resolvers, appSyncFunctions }: AppFunctions,
  recorded: FunctionRoutesOptions['recorded'],
): FunctionsView {
  const runsOf = countRuns(recorded?.recorder.list() ?? []);
  return {
    lambdas: lambdas.map((one) => ({ ...one, runs: runsOfLambda(recorded?.invocations.of(one.name) ?? []) })),
    resolvers: resolvers.map((one) => ({ ...one, runs: runsOf(one.field) })),
    appSyncFunctions: appSyncFunctions.map((one) => ({ ...one, runs: runsOf(one.name) })),
    isRecording: recorded !== undefined,
  };
}

function runsOfLambda(invocations: KeptInvocation[]): FunctionsView['lambdas'][number]['runs'] {
  const ended = invocations.filter(({ endedAt }) => endedAt !== null);
  const times = ended.flatMap(({ report }) => report?.durationMs ?? []);
  return {
    ...countsOf(times, ended.filter(({ error }) => error !== null).length),
    count: invocations.length,
    coldStarts: ended.filter(({ report }) => report?.initDurationMs !== undefined).length,
  };
}

function invocationsOf(
  query: URLSearchParams,
  { app, recorded }: FunctionRoutesOptions,
): InvocationSummary[] {
  const request = query.get('request');
  if (request !== null) {
    return (recorded?.invocations.ofRequest(request) ?? []).map(summaryOf);
  }
  const name = textIn(query, 'function');
  requireFunction(app(), name);
  return (recorded?.invocations.of(name) ?? []).map(summaryOf);
}

function invocationOf(id: string, { recorded, show }: FunctionRoutesOptions): InvocationView {
  const kept = recorded?.invocations.find(id);
  if (!kept || !recorded) {
    throw notFound(
      `Invocation ${id} is not recorded: a server that records keeps the last ones of each function.`,
    );
  }
  const { payload, result } = kept;
  return show()({
    ...summaryOf(kept),
    payload: typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload,
    result,
    // The numbers of its REPORT line stand above.
    lines: recorded.lines.of(id).filter(({ text }) => !text.startsWith('REPORT ')),
  }) as InvocationView;
}

function summaryOf(kept: KeptInvocation): InvocationSummary {
  const { id, functionName, at, type, attempts, cause, endedAt, error, report } = kept;
  return {
    ...{ id, functionName, at: new Date(at).toISOString(), type, attempts, error },
    by: cause?.by ?? null,
    requestId: cause?.graphqlRequestId ?? null,
    totalMs: endedAt === null ? null : endedAt - at,
    durationMs: report ? rounded(report.durationMs) : null,
    initMs: report?.initDurationMs === undefined ? null : rounded(report.initDurationMs),
    maxMemoryMb: report?.maxMemoryUsedMb ?? null,
  };
}

/** Invokes a function as Lambda's own console does: the function runs with its own role, and the caller is nobody of the API. */
async function invokeFor(
  request: HttpRequest,
  { app, invoke, recorded, show }: FunctionRoutesOptions,
): Promise<object> {
  const body = await jsonBody(request);
  const name = requireText(body.function, 'function');
  const { arn } = requireFunction(app(), name);
  const cause: InvocationCause = { by: 'console' };
  const result = await invoke(arn, body.payload ?? null, 'RequestResponse', cause);
  const id = recorded?.invocations.of(name).find((one) => one.cause === cause)?.id ?? null;
  return { id, result: show()(result) };
}

function requireFunction({ lambdaFunctions }: AppModel, name: string): { arn: string } {
  const model = lambdaFunctions.find(({ functionName }) => functionName === name);
  if (model) {
    return model;
  }
  const names = lambdaFunctions.map(({ functionName }) => functionName).join(', ');
  throw notFound(`The app has no Lambda function ${name}; it has ${names || 'none'}.`);
}

function textIn(query: URLSearchParams, name: string): string {
  const text = query.get(name);
  if (text === null || text === '') {
    throw badRequest(`Pass ?${name}=NAME.`);
  }
  return text;
}
