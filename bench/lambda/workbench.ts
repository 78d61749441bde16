import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../../infra/paths.ts';
import { createTables } from '../../packages/appsync-local/src/database/create-tables.ts';
import {
  createDynamoDbClient,
  type DynamoDbClient,
} from '../../packages/appsync-local/src/database/dynamodb-client.ts';
import { startEngine } from '../../packages/appsync-local/src/database/engine.ts';
import { assembliesDirectory } from '../../packages/appsync-local/src/ground/cache-directory.ts';
import { createLambdaHost, type LambdaHost } from '../../packages/appsync-local/src/lambda/lambda-host.ts';
import type { LambdaLogEntry } from '../../packages/appsync-local/src/lambda/log-entry.ts';
import type { AppModel, LambdaFunctionModel } from '../../packages/appsync-local/src/template/app-model.ts';
import { loadAssembly } from '../../packages/appsync-local/src/template/load-assembly.ts';
import { readApp } from '../../packages/appsync-local/src/template/read-app.ts';
import { synthesize } from '../../packages/appsync-local/src/template/synthesize.ts';
import type { BenchContext } from '../section.ts';
import type { Code } from './builds.ts';

/** This project's app, read from its template, with its tables in an engine of its own. */
export interface Workbench {
  app: AppModel;
  client: DynamoDbClient;
  endpoint: string;
  /** The Lambda function that puts validated items. */
  shipped: LambdaFunctionModel;
  close(): Promise<void>;
}

function putValidatedItem({ lambdaFunctions }: AppModel): LambdaFunctionModel {
  const found = lambdaFunctions.find(({ logicalId }) => logicalId.startsWith('PutValidatedItem'));
  if (!found) {
    throw new Error('the template has no Lambda function PutValidatedItem');
  }
  return found;
}

export async function openWorkbench({ progress }: BenchContext): Promise<Workbench> {
  const engine = await startEngine({ memory: true, log: () => {} });
  const client = createDynamoDbClient({ endpoint: engine.endpoint, region: 'us-east-1' });
  const close = async (): Promise<void> => {
    await client.close();
    await engine.close();
  };
  try {
    const assembly = await synthesize(root, assembliesDirectory(root), progress);
    const app = readApp(loadAssembly(assembly), { externalTables: false });
    await createTables(client, app.tables);
    return { app, client, endpoint: engine.endpoint, shipped: putValidatedItem(app), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The shipped function's settings with other code. */
export const withCode = (
  shipped: LambdaFunctionModel,
  name: string,
  { directory }: Code,
): LambdaFunctionModel => ({
  ...shipped,
  logicalId: name,
  functionName: name,
  arn: shipped.arn.replace(/[^:]*$/, name),
  code: { directory },
});

export interface Functions {
  host: LambdaHost;
  /** The last invocation's figures. */
  lastReport(): LambdaLogEntry & { stream: 'report' };
}

/** @param idleMs how long an environment is kept; Lambda's minutes by default */
export async function openFunctions(
  { app, endpoint }: Workbench,
  functions: LambdaFunctionModel[],
  idleMs?: number,
): Promise<Functions> {
  let last: (LambdaLogEntry & { stream: 'report' }) | undefined;
  const host = await createLambdaHost({
    functions,
    environment: {
      AWS_REGION: app.region,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // A tracer without a daemon: segments are made and dropped.
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:9',
    },
    ...(idleMs !== undefined && { limits: { idleMs } }),
    log: (entry) => {
      if (entry.stream === 'report') {
        last = entry;
      }
    },
  });
  return { host, lastReport: () => last! };
}

/** One cold start. Times in milliseconds. */
export interface ColdStart {
  /** From spawning the process to its first answer. */
  answer: number;
  /** From spawning the process to its asking for work: Lambda's init. */
  init: number;
  /** CPU time of all threads of the process; undefined where the system does not tell (it does on Linux). */
  cpu: number | undefined;
  memoryMb: number | undefined;
}

/** An environment that is not used for so long ends; until then its CPU time can be read. */
export const COLD_IDLE_MS = 60;

/**
 * Invokes a function that has no environment, and waits until the new one has ended.
 * @throws Error when the function does not answer, or `isRight` says no
 */
export async function coldStart(
  { host, lastReport }: Functions,
  arn: string,
  event: unknown,
  isRight: (payload: unknown) => boolean,
): Promise<ColdStart> {
  const before = new Set(children());
  const begun = performance.now();
  const result = await host.invoke(arn, event);
  const answer = performance.now() - begun;
  const process = children().find((pid) => !before.has(pid));
  const cpu = process === undefined ? undefined : cpuOf(process);
  if (result.kind !== 'answer' || !isRight(result.payload)) {
    throw new Error(`${arn.split(':').at(-1)} answered ${JSON.stringify(result).slice(0, 300)}`);
  }
  const { initDurationMs, maxMemoryUsedMb } = lastReport();
  if (initDurationMs === undefined) {
    throw new Error(`${arn} was not cold`);
  }
  await sleep(2 * COLD_IDLE_MS);
  return { answer, init: initDurationMs, cpu, memoryMb: maxMemoryUsedMb };
}

function children(): string[] {
  try {
    return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean);
  } catch {
    return [];
  }
}

function cpuOf(pid: string): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** A valid product of the shipped kinds. */
export const product = (id: string) => ({
  operation: 'putValidatedItem',
  input: {
    id,
    kind: 'product',
    payload: {
      sku: id.toUpperCase(),
      name: 'Desk, height-adjustable',
      price: { amountMinor: 54_990, currency: 'EUR' },
    },
  },
  caller: { readsAll: false, writesAll: false, writesOwn: true, owner: null },
});
