import { debuggerMap, type Insertion } from '../ground/debugger-map.ts';
import type { CodePlace } from '../ground/source-map.ts';
import type { CodeModel } from '../template/app-model.ts';
import { checkAndKeep } from './check-and-keep.ts';
import { HANDLERS } from './check/exports.ts';
import { CodeRefused } from './code-refused.ts';
import { compile } from './compile.ts';
import type { CompiledCode, Handler, Surroundings } from './compile.ts';
import { consoleNamespace } from './console-log.ts';
import type { Log, Occurrence } from './console-log.ts';
import { RunContext } from './context.ts';
import { copyOutWithin, TOO_LARGE } from './copy-out.ts';
import { dynamodbModule } from './dynamodb-helpers/dynamodb-helpers.ts';
import { Interruption } from './interruption.ts';
import { DEFAULT_JAVASCRIPT } from './javascript.ts';
import type { Javascript } from './javascript.ts';
import { noTranslations } from './kept-translations.ts';
import type { KeptCode, KeptTranslations } from './kept-translations.ts';
import { rdsModule } from './rds-helpers/rds-helpers.ts';
import { createRealm } from './realm.ts';
import type { Realm } from './realm.ts';
import type {
  AppSyncRuntime,
  CodeProblem,
  EvaluableModule,
  Evaluation,
  RaisedError,
  ResolverContext,
} from './runtime.types.ts';
import type { Session } from './session.ts';
import { sourceMapOf, sourcePositions } from './source-positions.ts';
import type { Translation } from './translate.ts';
import { codePlace, describe, stackOf, uncaught, words } from './uncaught.ts';
import { runtimeNamespace } from './util/early-return.ts';
import { extensions } from './util/extensions.ts';
import { aiModule } from './util/unsupported.ts';
import { util } from './util/util.ts';

export interface RuntimeOptions {
  /** Called with each line that code logs. @default lines are dropped */
  log?: Log;
  /** Called with each exception that a handler does not raise by `util.error`. @default they show in the field's error alone */
  threw?: (occurrence: Occurrence) => void;
  /** The clock of `util.time` and of time-based ids, in epoch milliseconds. Default: the system's. */
  now?: () => number;
  /** Earlier translations of code, made with the same `javascript`. @default nothing is kept */
  translations?: KeptTranslations;
  /** Called at every load with what AppSync may refuse, though nobody has confirmed it. @default no warnings */
  warn?: (title: string, warning: CodeProblem) => void;
  /** Gives the URL of a source, for a debugger. @default code has no source maps that a debugger reads */
  locate?: (source: string) => string;
  /** The meaning of JavaScript. @default 'appsync', as AWS was seen to run it */
  javascript?: Javascript;
  /** Units of work of one evaluation, about two nanoseconds or one byte each. @default a thousand million */
  allowance?: number;
}

/**
 * Creates the APPSYNC_JS 1.0.0 runtime: one realm in which every code unit is compiled once. Code units share only frozen
 * helpers. Handlers are synchronous, and end because their work is counted (realm-meter.js).
 */
export function createRuntime(options: RuntimeOptions = {}): AppSyncRuntime {
  const {
    log = () => {},
    threw = () => {},
    now = Date.now,
    translations = noTranslations,
    warn = () => {},
  } = options;
  const { javascript = DEFAULT_JAVASCRIPT, allowance } = options;
  const realm = createRealm(javascript, allowance);
  const session: Session = { current: undefined };
  const surroundings = surround(realm, session, now, javascript);
  return {
    load(code) {
      const { translation, warnings } = checked(code, translations, javascript);
      for (const warning of warnings) {
        warn(code.title, warning);
      }
      return load(code, translation, realm, surroundings, session, { log, threw, locate: options.locate });
    },
    createContext: (init) => new RunContext(realm, init),
    containers: realm.containers,
  };
}

function surround(realm: Realm, session: Session, now: () => number, javascript: Javascript): Surroundings {
  const modules = realm.wrapModules({
    '@aws-appsync/utils': {
      util: util(session, now),
      extensions: extensions(session),
      runtime: runtimeNamespace(javascript),
    },
    '@aws-appsync/utils/dynamodb': dynamodbModule,
    '@aws-appsync/utils/rds': rdsModule,
    '@aws-appsync/utils/ai': aiModule,
  });
  return { globals: { ...realm.globals, ...modules['@aws-appsync/utils'] }, modules };
}

/** @throws CodeRefused for code that AppSync would refuse */
function checked(model: CodeModel, kept: KeptTranslations, javascript: Javascript): KeptCode {
  const known = kept.find(model.text);
  if (known) {
    return known;
  }
  const { problems, code } = checkAndKeep(model, kept, javascript);
  if (!code) {
    throw new CodeRefused(model.title, problems);
  }
  return code;
}

function load(
  code: CodeModel,
  translation: Translation,
  realm: Realm,
  shared: Surroundings,
  session: Session,
  { log, threw, locate }: Required<Pick<RuntimeOptions, 'log' | 'threw'>> & Pick<RuntimeOptions, 'locate'>,
): EvaluableModule {
  const positions = sourcePositions(code.text, code.sourceMap);
  const occurrenceOf = ({ line, column }: CodePlace, words: string): Occurrence => ({
    title: code.title,
    place: positions.at(line, column),
    words,
    ...(session.current && { field: session.current.field }),
    ...(session.current?.requestId !== undefined && { requestId: session.current.requestId }),
  });
  // The console names places in this code unit, so each code unit has its own.
  const place = () => {
    const called = codePlace(stackOf(new Error('where the code logs')), compiled);
    return called && compiled.consoleCall(called);
  };
  const console = realm.wrapNamespace(consoleNamespace(log, place, occurrenceOf));
  const surroundings = { ...shared, globals: { ...shared.globals, console } };
  const inspected = locate && {
    title: code.title,
    map: (inserted: Insertion[]) => debuggerMap(sourceMapOf(code.text, code.sourceMap), locate, inserted),
  };
  const compiled: CompiledCode = compile(code.text, translation, realm, surroundings, inspected);
  const handlers = runModule(code, compiled, realm);
  const run: EvaluableModule['evaluate'] = (handler, context) =>
    evaluate(handlers[handler], context, realm, session, compiled, (thrown) =>
      threw(occurrenceOf(codePlace(stackOf(thrown), compiled) ?? { line: 0, column: 0 }, words(thrown))),
    );
  return {
    request: (context) => {
      (context as RunContext).clearOutcome();
      return run('request', context);
    },
    response: (context) => run('response', context),
    evaluate: run,
  };
}

/** Runs top-level code at load, to find its failures before the first request. */
function runModule(
  code: CodeModel,
  compiled: CompiledCode,
  { begin, reasonOf }: Realm,
): Record<'request' | 'response', Handler> {
  let handlers: Record<'request' | 'response', Handler>;
  try {
    begin();
    handlers = compiled.run();
  } catch (thrown) {
    throw moduleFailure(reasonOf(thrown), code, compiled);
  }
  for (const name of HANDLERS) {
    if (typeof handlers[name] !== 'function') {
      throw refused(code, `"${name}" is exported but is not a function.`);
    }
  }
  return handlers;
}

function moduleFailure(thrown: unknown, code: CodeModel, compiled: CompiledCode): CodeRefused {
  if (thrown instanceof Interruption) {
    const { evaluation } = thrown;
    const reason = evaluation.kind === 'raised' ? evaluation.error.message : 'runtime.earlyReturn was called';
    return refused(code, `Top-level code ended early: ${reason}`);
  }
  const place = codePlace(stackOf(thrown), compiled);
  return refused(code, `Top-level code failed: ${describe(thrown, compiled)}`, place);
}

function refused(
  { title, text, sourceMap }: CodeModel,
  message: string,
  { line, column } = { line: 1, column: 1 },
): CodeRefused {
  const place = sourcePositions(text, sourceMap).at(line, column);
  return new CodeRefused(title, [{ errorType: 'LINT_ERROR', message, ...place, span: -1 }]);
}

function evaluate(
  handler: Handler,
  context: ResolverContext,
  { begin, EarlyReturn, reasonOf }: Realm,
  session: Session,
  code: CompiledCode,
  threw: (thrown: unknown) => void,
): Evaluation {
  const run = context as RunContext;
  const outer = session.current;
  session.current = run;
  try {
    begin();
    const returned = handler(run.ctx);
    if (!(returned instanceof EarlyReturn)) {
      return ended({ kind: 'returned', value: returned });
    }
    const { value, skipTo } = returned;
    return ended({ kind: 'early', value, skipTo });
  } catch (thrown) {
    const reason = reasonOf(thrown);
    const evaluation = uncaught(reason, code);
    if (!(reason instanceof Interruption)) {
      threw(reason);
    }
    return evaluation.kind === 'raised' ? evaluation : ended(evaluation);
  } finally {
    session.current = outer;
  }
}

/** AppSync quota: bytes of one handler's result (docs/facts/limits.md#evaluated-size). */
const LARGEST_BYTES = 5 * 1024 * 1024;

/**
 * Copies the value of an evaluation out of the realm, unless it is larger than AppSync allows (observed, in the words of the
 * older quota).
 */
function ended(evaluation: Exclude<Evaluation, { kind: 'raised' }>): Evaluation {
  const value = copyOutWithin(evaluation.value, LARGEST_BYTES);
  if (value === TOO_LARGE) {
    return { kind: 'raised', error: tooLarge() };
  }
  evaluation.value = value;
  return evaluation;
}

const tooLarge = (): RaisedError => ({
  errorType: 'MappingTemplate',
  message: 'Transformation too large',
  data: null,
  errorInfo: null,
});
