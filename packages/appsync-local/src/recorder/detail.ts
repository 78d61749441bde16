import type { Severity } from '../ground/severity.ts';
import type { AppModel } from '../template/app-model.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import type { HandlerTrace, TracedPath } from '../trace/resolver-trace.ts';
import { Cut } from '../trace/weight.ts';
import { costOf } from './cost.ts';
import type { Show } from './hidden.ts';
import { outcomeOf } from './outcome.ts';
import type {
  RecordedAsk,
  RecordedHandler,
  RecordedLine,
  RecordedRequest,
  RecordedResolver,
  RecordedStep,
  Units,
} from './recorded-request.ts';
import type { Recording } from './recorder.ts';
import { rounded } from './rounded.ts';
import { callsOf, unitsOfAsk } from './service-calls.ts';
import { type Step, stepsOf } from './steps.ts';
import { summaryOf } from './summary.ts';

/** What a recording is shown with. */
interface View {
  app: AppModel;
  show: Show;
  /** Milliseconds from the request's arrival. */
  ms: (at: number) => number;
}

/** A line that a Lambda function wrote. */
export interface LineOfFunction {
  /** ISO 8601. */
  at: string;
  /** The function. */
  source: string;
  severity: Severity;
  text: string;
  /** Absent for what no Lambda function wrote. */
  invocationId?: string;
}

/**
 * Everything about a request, made when somebody looks.
 * @param show hides credentials
 * @param written for the request, by its resolvers too, whose lines the trace has
 */
export async function detailOf(
  recording: Recording,
  app: AppModel,
  show: Show,
  written: readonly LineOfFunction[] = [],
): Promise<RecordedRequest> {
  const { trace } = recording;
  const { caller, request, headers } = trace;
  const ms = (at: number): number => rounded(at - trace.startedAt);
  const view: View = { app, show, ms };
  const units = unitsIn(trace);
  const since = (at: number | null): number | null => (at === null ? null : ms(at));
  return {
    ...summaryOf(recording, app),
    caller: caller && { mode: caller.mode, identity: show(caller.identity) },
    query: request && (show(request.query) as string),
    operationName: request?.operationName ?? null,
    variables: show(request?.variables),
    headers: (show({ headers }) as { headers: unknown }).headers,
    authorizedMs: since(trace.authorizedAt),
    executingMs: since(trace.executingAt),
    executedMs: since(trace.executedAt),
    resolvers: await resolversOf(trace, view),
    lines: [...linesOf(trace, view), ...linesOfFunctions(written, trace, view)].sort(
      (a, b) => a.atMs - b.atMs,
    ),
    subscribers: trace.deliveries.map(({ at, mutation, subscribers, bytes }) => ({
      atMs: ms(at),
      mutation,
      subscribers,
      bytes,
    })),
    answer: show(typeof trace.answer === 'string' ? JSON.parse(trace.answer) : trace.answer),
    units,
    cost: costOf(trace, units, app),
    cutBytes: trace.cutBytes,
    resolversLeftOut: trace.resolversLeftOut,
  };
}

const linesOf = ({ lines }: RequestTrace, { ms, show }: View): RecordedLine[] =>
  lines.map(({ at, level, place: { file, line, column }, title, words }) => ({
    atMs: ms(at),
    level,
    place: `${file}:${line}:${column}`,
    title,
    words: show(words) as string,
  }));

/** Without REPORT lines, whose numbers the invocation has. */
const linesOfFunctions = (
  written: readonly LineOfFunction[],
  { startedAt }: RequestTrace,
  { show }: View,
): RecordedLine[] =>
  written.flatMap(({ at, source, severity, text, invocationId }) =>
    invocationId === undefined || text.startsWith('REPORT ')
      ? []
      : [
          {
            atMs: rounded(Date.parse(at) - performance.timeOrigin - startedAt),
            level: severity.toUpperCase(),
            place: source,
            title: `Lambda function ${source}, invocation ${invocationId}`,
            words: show(text) as string,
            invocationId,
          },
        ],
  );

function unitsIn({ resolvers }: RequestTrace): Units {
  const units = { read: 0, write: 0 };
  for (const step of resolvers.flatMap(({ steps }) => steps)) {
    if (step.kind === 'ask') {
      const { read, write } = unitsOfAsk(step);
      units.read += read;
      units.write += write;
    }
  }
  return units;
}

async function resolversOf(trace: RequestTrace, view: View): Promise<RecordedResolver[]> {
  const recorded: RecordedResolver[] = [];
  for (const [resolver, steps] of stepsOf(trace)) {
    const { coordinate, path, init, startedAt, endedAt, errors } = resolver;
    recorded.push({
      field: coordinate,
      path: keysOf(path),
      startMs: view.ms(startedAt),
      ms: endedAt === null ? null : rounded(endedAt - startedAt),
      arguments: view.show(init.arguments),
      source: view.show(init.source),
      errors: view.show(errors),
      steps: await Promise.all(steps.map((step) => stepOf(step, view))),
    });
  }
  return recorded;
}

function keysOf(path: TracedPath): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: TracedPath | null = path; at; at = at.previous) {
    keys.unshift(at.key);
  }
  return keys;
}

/** As `appsync-local evaluate` takes it. */
export const nameOf = ({ unit, resolver }: Pick<Step, 'unit' | 'resolver'>): string =>
  unit.name ?? resolver.coordinate;

async function stepOf(step: Step, view: View): Promise<RecordedStep> {
  const { number, unit, request, response, stashBefore } = step;
  const ask = await askOf(step, view);
  return {
    number,
    kind: unit.name === undefined ? 'resolver' : 'AppSync function',
    name: nameOf(step),
    ...(request && { request: handlerOf(request, stashBefore, view) }),
    ...(ask && { dataSource: ask }),
    ...(response && { response: handlerOf(response, request?.stash ?? stashBefore, view) }),
  };
}

function handlerOf(
  { startedAt, endedAt, evaluation, stash }: HandlerTrace,
  stashBefore: unknown,
  { show, ms }: View,
): RecordedHandler {
  return {
    startMs: ms(startedAt),
    ms: rounded(endedAt - startedAt),
    ...evaluated(evaluation, show),
    stashBefore: show(stashBefore),
    stashAfter: show(stash),
  };
}

function evaluated(
  evaluation: HandlerTrace['evaluation'],
  show: Show,
): Pick<RecordedHandler, 'result' | 'earlyReturn' | 'error'> {
  if (evaluation instanceof Cut) {
    return { result: show(evaluation) };
  }
  switch (evaluation.kind) {
    case 'returned':
      return { result: show(evaluation.value) };
    case 'early':
      return { result: show(evaluation.value), earlyReturn: evaluation.skipTo };
    case 'raised': {
      const { message, errorType, data, errorInfo } = evaluation.error;
      return { error: show({ message, errorType, data, errorInfo }) };
    }
  }
}

async function askOf(step: Step, { app, show, ms }: View): Promise<RecordedAsk | null> {
  const { ask, unit } = step;
  if (!ask || !unit.dataSource) {
    return null;
  }
  const outcome = await outcomeOf(step);
  const { name, type } = unit.dataSource;
  const { batch, endedAt, startedAt, request } = ask;
  return {
    name,
    type,
    startMs: ms(startedAt),
    ms: endedAt === null ? null : rounded(endedAt - startedAt),
    request: show(request),
    ...resultOf(outcome, show),
    ...(batch && { batch: { size: batch.size, index: batch.index } }),
    calls: callsOf(ask, app, ms, show),
  };
}

function resultOf(
  outcome: Awaited<ReturnType<typeof outcomeOf>>,
  show: Show,
): Pick<RecordedAsk, 'result' | 'error'> {
  if (outcome === null || outcome instanceof Cut) {
    return { result: show(outcome), error: null };
  }
  return outcome.kind === 'refused'
    ? { result: null, error: show({ type: outcome.errorType, message: outcome.message }) }
    : { result: show(outcome.result), error: show(outcome.error) };
}
