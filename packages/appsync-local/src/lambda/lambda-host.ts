import { randomBytes, randomUUID } from 'node:crypto';
import { pythonVersion } from '../ground/python.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { addDebuggerMaps, type Debugger } from './debugger.ts';
import { EnvironmentPool } from './environment-pool.ts';
import { createEventQueue } from './event-queue.ts';
import { openCodeStore } from './function-code.ts';
import type { CodeStore } from './function-code.ts';
import { functionContents } from './function-contents.ts';
import { hostError, JsonText } from './lambda-result.ts';
import type { InvocationCause, InvocationType, InvokeLambda, LambdaResult } from './lambda-result.ts';
import { ASYNCHRONOUS_PAYLOAD_LIMIT, LAMBDA_LIMITS, SYNCHRONOUS_PAYLOAD_LIMIT } from './limits.ts';
import type { HostLimits } from './limits.ts';
import type { WriteLog } from './log-entry.ts';
import { withSdkAdvice } from './missing-sdk.ts';
import { openRuntimeApi } from './runtime-api.ts';
import type { RuntimeApi } from './runtime-api.ts';
import { isCustomRuntime, nodeMajor } from './runtime-difference.ts';
import { sourceLines } from './source-lines.ts';

export interface LambdaHostOptions {
  functions: LambdaFunctionModel[];
  /** Environment variables that override those of every function: DynamoDB's endpoint, the region. */
  environment: Record<string, string>;
  /** Variables of one function, which win over `environment`: its credentials. @default none */
  environmentOf?(lambda: LambdaFunctionModel): Record<string, string>;
  log: WriteLog;
  /** Hears of each invocation. @default nobody does */
  invocations?: InvocationSink | undefined;
  /** @default functions run without inspectors */
  debugger?: Debugger;
  /** @default LAMBDA_LIMITS, Lambda's own */
  limits?: Partial<HostLimits>;
}

/** Hears of invocations of functions that run here. A retry of an asynchronous one begins again with the same id. */
export interface InvocationSink {
  began(invocation: BegunInvocation): void;
  ended(id: string, result: LambdaResult): void;
}

export interface BegunInvocation {
  /** The function's `awsRequestId`. */
  id: string;
  functionName: string;
  type: InvocationType;
  /** The event as JSON text. */
  payload: string;
  cause?: InvocationCause | undefined;
}

export interface LambdaHost {
  invoke: InvokeLambda;
  /** Loads a function before its first invocation, like provisioned concurrency. Not called by default. */
  warm(functionArn: string): Promise<void>;
  /**
   * Replaces the functions. Those whose code and settings are the same keep their environments; running invocations of the others end with
   * the code that they began with. Replaced functions that have been invoked before are loaded at once: somebody is about to try them.
   * @returns the names of functions that are new or differ
   */
  replace(functions: LambdaFunctionModel[]): Promise<string[]>;
  /** Resolves when no replaced function is being loaded. */
  loaded(): Promise<void>;
  /** Accepts no more work, and closes when what is under way has ended. */
  retire(): Promise<void>;
  /** Stops every process, drops queued events, and removes the copies of the code. */
  close(): Promise<void>;
}

/**
 * Runs each Lambda function in its own processes, so that cold starts, time-outs and crashes are real. Node.js functions run on
 * the Node.js that runs this host; see `runtimeDifferences`. A custom runtime is the function's own program.
 *
 * @throws when no loopback port can be opened or no temporary directory created.
 */
export async function createLambdaHost(options: LambdaHostOptions): Promise<LambdaHost> {
  const [api, store] = await Promise.all([openRuntimeApi(), openCodeStore()]);
  const pools = createPools(options, api, store);
  const { retryDelaysMs } = { ...LAMBDA_LIMITS, ...options.limits };
  const queue = createEventQueue(retryDelaysMs, options.log);
  const loading = new Set<Promise<void>>();
  const warm = async (functionArn: string): Promise<void> => {
    const opened = pools.open(functionArn);
    const pool = opened.kind === 'refused' ? null : await opened.pool;
    if (pool && !('kind' in pool)) {
      await pool.warm(randomUUID());
    }
  };

  return {
    async invoke(functionArn, payload, invocationType = 'RequestResponse', cause = undefined) {
      const opened = pools.open(functionArn);
      if (opened.kind === 'refused') {
        return opened.result;
      }
      const event = payload instanceof JsonText ? payload.text : JSON.stringify(payload ?? null);
      const tooLarge = refuseSize(event, invocationType);
      if (tooLarge) {
        return tooLarge;
      }
      const requestId = randomUUID();
      const { invocations } = options;
      // Each attempt asks for the pool anew: the function may have been replaced meanwhile.
      const run = async (): Promise<LambdaResult> => {
        const current = pools.open(functionArn);
        if (current.kind === 'refused') {
          return current.result;
        }
        const pool = await current.pool;
        if ('kind' in pool) {
          return pool;
        }
        return pool.isRetired ? run() : pool.invoke(requestId, event, traceId(), cause);
      };
      const invoke = async (): Promise<LambdaResult> => {
        invocations?.began({
          id: requestId,
          functionName: opened.functionName,
          type: invocationType,
          payload: event,
          cause,
        });
        const result = await run();
        invocations?.ended(requestId, result);
        return result;
      };
      return invocationType === 'Event' ? queue.add(opened.functionName, requestId, invoke) : invoke();
    },
    warm,
    async replace(functions) {
      const { changed, used } = await pools.replace(functions);
      for (const { arn } of used) {
        const end: Promise<void> = warm(arn).finally(() => loading.delete(end));
        loading.add(end);
      }
      return changed.map(({ functionName }) => functionName);
    },
    async loaded() {
      await Promise.all(loading);
    },
    async retire() {
      queue.close();
      await pools.retire();
      await Promise.all([api.close(), store.remove()]);
    },
    async close() {
      queue.close();
      await pools.close();
      await Promise.all([api.close(), store.remove()]);
    },
  };
}

/** Functions that are new or differ, and those of them that were invoked before. */
interface Replaced {
  changed: LambdaFunctionModel[];
  used: LambdaFunctionModel[];
}

const byArn = (functions: LambdaFunctionModel[]): Map<string, LambdaFunctionModel> =>
  new Map(functions.map((model) => [model.arn, model]));

type OpenedPool =
  | { kind: 'pool'; functionName: string; pool: Promise<EnvironmentPool | LambdaResult> }
  | { kind: 'refused'; result: LambdaResult };

/** A pool per function, opened when the function is first invoked. */
function createPools(options: LambdaHostOptions, api: RuntimeApi, store: CodeStore) {
  let models = byArn(options.functions);
  const opened = new Map<string, Promise<EnvironmentPool | LambdaResult>>();
  const retiring = new Set<Promise<void>>();
  const contents = functionContents();
  const limits = { ...LAMBDA_LIMITS, ...options.limits };
  let closed = false;

  return {
    open(functionArn: string): OpenedPool {
      const model = models.get(functionArn) ?? models.get(withoutQualifier(functionArn));
      if (closed) {
        return refusal('ServiceException', 'The server is stopping.');
      }
      if (!model) {
        return refusal('ResourceNotFoundException', `Function not found: ${functionArn}`);
      }
      if (!runsHere(model.runtime)) {
        return refusal('InvalidRuntimeException', otherRuntime(model));
      }
      const pool = opened.get(model.arn) ?? openPool(model);
      opened.set(model.arn, pool);
      return { kind: 'pool', functionName: model.functionName, pool };
    },
    async replace(functions: LambdaFunctionModel[]): Promise<Replaced> {
      const next = byArn(functions);
      const changed: LambdaFunctionModel[] = [];
      for (const [arn, model] of next) {
        const before = models.get(arn);
        if (before === undefined || (await contents.of(before)) !== (await contents.of(model))) {
          changed.push(model);
        }
      }
      const gone = [...models.keys()].filter((arn) => !next.has(arn));
      models = next;
      const used = changed.filter(({ arn }) => opened.has(arn));
      [...changed.map(({ arn }) => arn), ...gone].forEach(retirePool);
      return { changed, used };
    },
    async retire(): Promise<void> {
      [...opened.keys()].forEach(retirePool);
      closed = true;
      await Promise.all(retiring);
    },
    async close(): Promise<void> {
      closed = true;
      const pools = await Promise.all(opened.values());
      await Promise.all([...pools.map((pool) => ('kind' in pool ? undefined : pool.close())), ...retiring]);
    },
  };

  function retirePool(arn: string): void {
    const pool = opened.get(arn);
    opened.delete(arn);
    const end: Promise<void> | undefined = pool
      ?.then((one) => ('kind' in one ? undefined : one.retire()))
      .finally(() => retiring.delete(end!));
    if (end) {
      retiring.add(end);
    }
  }

  async function openPool(model: LambdaFunctionModel): Promise<EnvironmentPool | LambdaResult> {
    try {
      const [taskRoot, layers] = await Promise.all([store.place(model), store.placeLayers(model)]);
      const { environment, environmentOf } = options;
      const inspectPort = options.debugger?.portOf(model);
      if (options.debugger && inspectPort !== undefined) {
        addDebuggerMaps(taskRoot, model, options.debugger.locate);
      }
      const overrides = { ...environment, ...environmentOf?.(model) };
      const inSources = sourceLines(taskRoot, model.sourceMaps);
      const log = withSdkAdvice((entry) => options.log({ ...entry, line: inSources(entry.line) }), model);
      return new EnvironmentPool({
        model: { ...model, layers },
        ...{ taskRoot, api, overrides, inspectPort, log, limits },
      });
    } catch (error) {
      // The reason contains a path of this machine: it is for the log, not for the caller of the API.
      const { functionName } = model;
      const line = `The code of Lambda function ${functionName} cannot be read: ${(error as Error).message}`;
      options.log({ functionName, stream: 'host', line });
      return hostError('ServiceException', `The code of Lambda function ${functionName} cannot be read.`);
    }
  }
}

const refusal = (type: string, message: string): OpenedPool => ({
  kind: 'refused',
  result: hostError(type, message),
});

/** `arn:aws:lambda:region:account:function:name` of an ARN that may end in a version or an alias. */
const withoutQualifier = (functionArn: string): string => functionArn.split(':').slice(0, 7).join(':');

const runsHere = (runtime: string): boolean =>
  nodeMajor(runtime) !== null || pythonVersion(runtime) !== null || isCustomRuntime(runtime);

const otherRuntime = ({ functionName, runtime }: LambdaFunctionModel): string =>
  `Lambda function ${functionName} is deployed on ${runtime}; only Node.js, Python and custom runtimes run locally.`;

/** Lambda's refusal of an event that is too large (RequestTooLargeException of Invoke), else null. */
function refuseSize(event: string, invocationType: InvocationType): LambdaResult | null {
  const limit = invocationType === 'Event' ? ASYNCHRONOUS_PAYLOAD_LIMIT : SYNCHRONOUS_PAYLOAD_LIMIT;
  const size = Buffer.byteLength(event);
  if (size <= limit) {
    return null;
  }
  const operation = `${invocationType} invocation operation`;
  const message = `${size} byte payload is too large for the ${operation} (limit ${limit} bytes)`;
  return hostError('RequestTooLargeException', message);
}

/** An X-Ray tracing header that is not sampled ("Tracing header", AWS X-Ray developer guide). */
function traceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const root = `1-${seconds}-${randomBytes(12).toString('hex')}`;
  return `Root=${root};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
}
