import { nameOf } from '../recorder/detail.ts';
import type { Recording } from '../recorder/recorder.ts';
import { rounded } from '../recorder/rounded.ts';
import { type Step, stepsOf } from '../recorder/steps.ts';
import { titleOf } from '../recorder/summary.ts';
import type { TracedError } from '../trace/resolver-trace.ts';
import { Cut } from '../trace/weight.ts';
import type { RunCounts, RunView } from './function-view.ts';

/** A run that a request recorded. */
interface Run {
  /** `Query.getItem` of a resolver, `readItem` of an AppSync function. */
  name: string;
  startedAt: number;
  ms: number | null;
  error: string | null;
}

/** Counts of all runs in recorded requests, by the names of resolvers and AppSync functions. */
export function countRuns(recordings: readonly Recording[]): (name: string) => RunCounts {
  const times = new Map<string, number[]>();
  const errors = new Map<string, number>();
  for (const { name, ms, error } of recordings.flatMap(runsIn)) {
    const of = times.get(name) ?? [];
    times.set(name, of);
    of.push(ms ?? 0);
    errors.set(name, (errors.get(name) ?? 0) + (error === null ? 0 : 1));
  }
  return (name) => countsOf(times.get(name) ?? [], errors.get(name) ?? 0);
}

/** @param times milliseconds */
export function countsOf(times: number[], errors: number): RunCounts {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  return { count: times.length, errors, ...(median !== undefined && { medianMs: rounded(median) }) };
}

/** The runs of one of them, as many as are asked for. @param recordings the newest first */
export function listRuns(recordings: readonly Recording[], name: string, most: number): RunView[] {
  const found: RunView[] = [];
  for (const recording of recordings) {
    for (const run of runsIn(recording).filter((one) => one.name === name)) {
      if (found.length === most) {
        return found;
      }
      const { startedAt, ms, error } = run;
      const at = new Date(performance.timeOrigin + startedAt).toISOString();
      found.push({ requestId: recording.trace.id, title: titleOf(recording.trace), at, ms, error });
    }
  }
  return found;
}

function runsIn({ trace }: Recording): Run[] {
  return [...stepsOf(trace)].flatMap(([resolver, steps]) => [
    {
      name: resolver.coordinate,
      startedAt: resolver.startedAt,
      ms: resolver.endedAt === null ? null : rounded(resolver.endedAt - resolver.startedAt),
      error: errorText(resolver.errors[0]),
    },
    ...steps.filter(({ unit }) => unit.name !== undefined).map(runOfStep),
  ]);
}

function runOfStep(step: Step): Run {
  const { request, ask, response } = step;
  const marks = [request, ask, response].filter((mark) => mark !== undefined);
  const startedAt = marks[0]!.startedAt;
  const endedAt = marks.at(-1)!.endedAt;
  return {
    name: nameOf(step),
    startedAt,
    ms: endedAt === null ? null : rounded(endedAt - startedAt),
    error: raisedBy(response) ?? raisedBy(request),
  };
}

function raisedBy(handler: Step['request']): string | null {
  const evaluation = handler?.evaluation;
  return evaluation && !(evaluation instanceof Cut) && evaluation.kind === 'raised'
    ? errorText(evaluation.error)
    : null;
}

const errorText = (error: TracedError | undefined): string | null =>
  error ? `${error.errorType ?? 'Error'}: ${error.message}` : null;
