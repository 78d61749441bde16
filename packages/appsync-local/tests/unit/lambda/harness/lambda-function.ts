import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLambdaHost } from '../../../../src/lambda/lambda-host.ts';
import type { LambdaHost, LambdaHostOptions } from '../../../../src/lambda/lambda-host.ts';
import type { LambdaLogEntry } from '../../../../src/lambda/log-entry.ts';
import type { LambdaFunctionModel } from '../../../../src/template/app-model.ts';

export const arnOf = (name: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

/** A Lambda function whose files are written to a temporary directory that goes with the test. */
export function lambdaFunction(
  files: Record<string, string>,
  more: Partial<LambdaFunctionModel> = {},
): LambdaFunctionModel {
  const directory = mkdtempSync(join(tmpdir(), 'function-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  const functionName = more.functionName ?? 'greet';
  return {
    logicalId: 'Greet',
    functionName,
    arn: arnOf(functionName),
    code: { directory },
    handler: 'index.handler',
    runtime: 'nodejs22.x',
    layers: [],
    missingLayers: [],
    environment: {},
    timeoutSeconds: 10,
    memoryMb: 128,
    logFormat: 'Text',
    ...more,
  };
}

/** A function of one file, `index.mjs`. */
export const lambdaModule = (text: string, more: Partial<LambdaFunctionModel> = {}): LambdaFunctionModel =>
  lambdaFunction({ 'index.mjs': text }, more);

export interface TestHost extends LambdaHost {
  entries: LambdaLogEntry[];
  /** Printed lines, without reports. */
  lines(): string[];
  reports(): (LambdaLogEntry & { stream: 'report' })[];
}

/** A host that is closed when the test is over. */
export async function openHost(
  functions: LambdaFunctionModel[],
  more: Partial<LambdaHostOptions> = {},
): Promise<TestHost> {
  const entries: LambdaLogEntry[] = [];
  const host = await createLambdaHost({
    functions,
    environment: {},
    log: (entry) => entries.push(entry),
    ...more,
  });
  onTestFinished(() => host.close());
  return {
    ...host,
    entries,
    lines: () => entries.filter(({ stream }) => stream !== 'report').map(({ line }) => line),
    reports: () => entries.filter((entry) => entry.stream === 'report'),
  };
}

/** Whether a process is running; one that has ended and waits for its parent to notice is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !(existsSync(`/proc/${pid}/stat`) && / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  } catch {
    return false;
  }
}
