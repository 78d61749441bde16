import { RequestRefused } from '../auth/caller.ts';
import type { Handle, HttpRequest, HttpResponse } from '../http/message.ts';
import { requireOwnPage } from '../http/own-page-only.ts';
import type { AppModel } from '../template/app-model.ts';
import type { RequestTrace } from '../trace/request-trace.ts';
import { curlOf } from './curl.ts';
import { detailOf, type LineOfFunction, nameOf } from './detail.ts';
import { evaluationContextOf } from './evaluation-context.ts';
import { createShow, type Show } from './hidden.ts';
import type { RequestSummary } from './recorded-request.ts';
import type { Holding, Recorder, RecorderLimits, Recording } from './recorder.ts';
import { type Step, stepsOf } from './steps.ts';
import { summaryOf } from './summary.ts';

export interface RequestRoutesOptions {
  recorder: Recorder;
  /** The app of the moment. */
  app: () => AppModel;
  /** Of the API, for curl lines. */
  url: string;
  /** Texts that nobody may be shown: API keys and secret keys. */
  secrets: () => readonly string[];
  /** Lines of Lambda functions that ran for a request. @default none */
  linesOf?: (id: string) => readonly LineOfFunction[];
}

/** The answer to `GET /_local/requests`. */
export interface RequestList {
  /** The newest first. */
  requests: RequestSummary[];
  holding: Holding;
  limits: RecorderLimits;
}

/** A step's context, with the name of its code, for `appsync-local evaluate NAME`. */
export interface StepContext {
  name: string;
  handler: 'request' | 'response';
  context: Record<string, unknown>;
}

/** `/_local/requests/ID/steps/3/context` */
const PATH = /^\/_local\/requests(?:\/([^/]+)(?:\/(curl)|\/steps\/(\d+)\/context)?)?$/;

/**
 * `GET /_local/requests`, `…/ID`, `…/ID/curl` and `…/ID/steps/N/context?handler=response`. ID is what the client got as
 * `x-amzn-RequestId`, or `last`: the last one that no Lambda function of the app made. Answers this machine only, and no web page but
 * the console.
 */
export function createRequestRoutes({
  recorder,
  app,
  url,
  secrets,
  linesOf = () => [],
}: RequestRoutesOptions): Handle {
  return async (request) => {
    requireOwnPage(request);
    const [path, id, curl, step] = PATH.exec(request.path) ?? [];
    if (path === undefined) {
      throw notFound(`There is nothing at ${request.path}; see ${LIST}.`);
    }
    if (id === undefined) {
      return json(listOf(request));
    }
    const recording = found(id);
    const show = createShow(secrets(), recording.trace.headers);
    if (curl !== undefined) {
      return text(curlOf(recording.trace, url, app().region, show));
    }
    return json(
      step === undefined
        ? await detailOf(recording, app(), show, linesOf(recording.trace.id))
        : await contextOf(recording.trace, Number(step), request, show),
    );
  };

  function listOf({ query }: HttpRequest): RequestList {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) {
      throw badRequest(`after is ${query.get('after')}; it must be a number of a request, such as 12.`);
    }
    const requests = recorder.list(after).map((recording) => summaryOf(recording, app()));
    return { requests, holding: recorder.holding, limits: recorder.limits };
  }

  function found(id: string): Recording {
    const recording = id === 'last' ? lastOfClients() : recorder.find(id);
    if (recording) {
      return recording;
    }
    const { requests, dropped, skipped } = recorder.holding;
    const lost =
      dropped + skipped > 0
        ? `; ${dropped} older ones were dropped, ${skipped} arrived too fast to be recorded`
        : '';
    throw notFound(
      id === 'last'
        ? 'No request of a client has been recorded yet.'
        : `Request ${id} is not among the ${requests} recorded ones${lost}.`,
    );
  }

  function lastOfClients(): Recording | undefined {
    return recorder.list().find((recording) => summaryOf(recording, app()).madeBy === undefined);
  }
}

const LIST = '/_local/requests';

async function contextOf(
  trace: RequestTrace,
  number: number,
  { query }: HttpRequest,
  show: Show,
): Promise<StepContext> {
  const steps = [...stepsOf(trace).values()].flat();
  const step = steps.find((one) => one.number === number);
  if (!step) {
    throw notFound(`The request has ${steps.length} steps; there is no step ${number}.`);
  }
  const handler = query.get('handler') ?? (step.request ? 'request' : 'response');
  if (handler !== 'request' && handler !== 'response') {
    throw badRequest(`handler is ${handler}; it must be request or response.`);
  }
  checkCode(step, handler);
  return { name: nameOf(step), handler, context: await evaluationContextOf(step, handler, show) };
}

/** A step without code, or one that ended before, has no such handler to evaluate. */
function checkCode(step: Step, handler: 'request' | 'response'): void {
  if (!step[handler]) {
    throw notFound(`Step ${step.number}, ${nameOf(step)}, did not run a ${handler} handler.`);
  }
}

const notFound = (message: string): RequestRefused => new RequestRefused(404, 'NotFoundException', message);

const badRequest = (message: string): RequestRefused =>
  new RequestRefused(400, 'BadRequestException', message);

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const json = (value: object): HttpResponse => ({
  status: 200,
  headers: { ...HEADERS, 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

const text = (body: string): HttpResponse => ({
  status: 200,
  headers: { ...HEADERS, 'Content-Type': 'text/plain;charset=UTF-8' },
  body: `${body}\n`,
});
