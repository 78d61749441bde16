import type { RecordedHandler, RecordedRequest } from '../../../../recorder/recorded-request.ts';
import type { Row, Subject } from '../../../../recorder/waterfall.ts';

/** Values with the words above them, in the order in which they are shown. */
export type Values = [name: string, value: unknown][];

/** What is known of a row, all of it; nulls of what did not happen are left out. */
export function valuesOf(subject: Subject, request: RecordedRequest): Values {
  switch (subject.kind) {
    case 'authorization':
      return present([
        ['Caller', request.caller],
        ['Headers', request.headers],
      ]);
    case 'resolver': {
      const { path, arguments: args, source, errors } = subject.resolver;
      return present([
        ['Path', path.join('.')],
        ['Errors', emptyAsNull(errors)],
        ['ctx.args', args],
        ['ctx.source', source],
      ]);
    }
    case 'handler':
      return handlerValues(subject.handler, subject.ran);
    case 'call':
      return callValues(subject);
    case 'delivery':
      return [['Delivered', subject.delivery]];
  }
}

/** The stash is shown once when the handler left it as it was. */
function handlerValues(handler: 'request' | 'response', ran: RecordedHandler): Values {
  const { error, result, earlyReturn, stashBefore, stashAfter } = ran;
  const outcome: Values =
    error === undefined
      ? [[earlyReturn ? `Early return, continues at ${earlyReturn}` : `Result of ${handler}`, result ?? null]]
      : [['Error', error]];
  const isSame = JSON.stringify(stashBefore) === JSON.stringify(stashAfter);
  const stash: Values = isSame
    ? [['ctx.stash before and after', stashAfter]]
    : [
        ['ctx.stash before', stashBefore],
        ['ctx.stash after', stashAfter],
      ];
  return [...outcome, ...stash];
}

/** A call without its own record shows the data source's request and its outcome. */
function callValues({ ask, call }: Extract<Subject, { kind: 'call' }>): Values {
  const outcome: Values = [
    ['ctx.error', ask.error],
    ['ctx.result', ask.result],
  ];
  if (call?.input === undefined) {
    return present([['Request', ask.request], ...outcome]);
  }
  const { service, operation, input, answer, error, units } = call;
  return present([
    ['Error', error],
    [`${service} ${operation}, input`, input],
    ['Answer', answer],
    ['Units', units],
    ['Request of the handler', ask.request],
    ...outcome,
  ]);
}

const present = (values: Values): Values =>
  values.filter(([, value]) => value !== undefined && value !== null);

const emptyAsNull = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : value);

/** Where a bar begins and how wide it is, in percent of the request; wide enough to be seen. */
export function barOf(
  { startMs, ms }: Pick<Row, 'startMs' | 'ms'>,
  totalMs: number,
): { from: number; width: number } {
  const percent = (value: number): number => (100 * value) / Math.max(totalMs, 0.001);
  const from = Math.min(99, Math.max(0, percent(startMs)));
  const width = percent(ms ?? totalMs - startMs);
  return { from, width: Math.min(100 - from, Math.max(1, width)) };
}

/** The row to show first: the first that failed, else the first handler. */
export function firstOf(rows: Row[]): Row | undefined {
  const failed = rows.find(({ isError, step }) => isError && step !== null);
  return failed ?? rows.find(({ step }) => step !== null) ?? rows[0];
}

/** The handler whose context a row's test has: a call's is that of the response, which sees what came of it. */
export function handlerOf(subject: Subject): 'request' | 'response' | null {
  switch (subject.kind) {
    case 'handler':
      return subject.handler;
    case 'call':
      return subject.step.response ? 'response' : null;
    case 'authorization':
    case 'resolver':
    case 'delivery':
      return null;
  }
}

/** `$0.0000049`, with two digits that count. */
export const dollars = (usd: number): string =>
  usd === 0 ? '$0' : `$${usd.toFixed(Math.max(2, 1 - Math.floor(Math.log10(usd))))}`;
