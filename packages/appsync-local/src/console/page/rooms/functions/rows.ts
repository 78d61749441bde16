import type {
  AppSyncFunctionView,
  FunctionsView,
  LambdaView,
  ResolverView,
  RunCounts,
} from '../../../../functions/function-view.ts';
import { durationText } from '../../ground/words.ts';

/** One line of the lists of Lambda functions, resolvers and AppSync functions. */
export interface FunctionRow {
  /** In the address. */
  name: string;
  title: string;
  /** The runtime, or the data sources. */
  what: string;
  runs: RunCounts;
  /** What is wrong with it before it ran. */
  reason?: string;
}

/** @param list which of the lists */
export function rowsOf(view: FunctionsView, list: 'lambda' | 'resolver' | 'function'): FunctionRow[] {
  switch (list) {
    case 'lambda':
      return view.lambdas.map(lambdaRow);
    case 'resolver':
      return view.resolvers.map(resolverRow);
    case 'function':
      return view.appSyncFunctions.map(appSyncFunctionRow);
  }
}

const lambdaRow = ({ name, logicalId, runtime, runs }: LambdaView): FunctionRow => ({
  name,
  title: logicalId,
  what: runtime,
  runs,
});

const resolverRow = ({ field, kind, dataSources, runs, reason }: ResolverView): FunctionRow => ({
  name: field,
  title: field,
  what: kind === 'PIPELINE' ? `pipeline: ${dataSources.join(', ')}` : dataSources.join(', '),
  runs,
  ...(reason !== undefined && { reason }),
});

const appSyncFunctionRow = ({ name, dataSources, runs, reason }: AppSyncFunctionView): FunctionRow => ({
  name,
  title: name,
  what: dataSources.join(', '),
  runs,
  ...(reason !== undefined && { reason }),
});

/** The rows that contain a text, in whatever case. */
export function matching(rows: FunctionRow[], text: string): FunctionRow[] {
  const wanted = text.trim().toLowerCase();
  return rows.filter(({ name, title, what }) => `${name} ${title} ${what}`.toLowerCase().includes(wanted));
}

/** `3`, `3, 1 failed`; empty before the first run. */
export function runsText({ count, errors }: RunCounts): string {
  if (count === 0) {
    return '';
  }
  return errors === 0 ? String(count) : `${count}, ${errors} failed`;
}

export const medianText = ({ medianMs }: RunCounts): string =>
  medianMs === undefined ? '' : durationText(medianMs);

/** `readItem, readBatch × 3`: a pipeline may have the same function many times. */
export function countedNames(names: readonly string[]): [name: string, times: number][] {
  const times = new Map<string, number>();
  names.forEach((name) => times.set(name, (times.get(name) ?? 0) + 1));
  return [...times];
}
