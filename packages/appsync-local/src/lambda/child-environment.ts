import { randomBytes } from 'node:crypto';
import { delimiter, dirname, join } from 'node:path';
import { pythonVersion } from '../ground/python.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { nodeMajor } from './runtime-difference.ts';

/**
 * Environment variables of one execution environment, as in "Defined runtime environment variables" (AWS Lambda developer
 * guide). Only PATH comes from the host's own environment. `overrides` (such as DynamoDB's endpoint) take precedence over the
 * function's own variables; the reserved names take precedence over both, since Lambda refuses to set them.
 */
export function childEnvironment(
  model: LambdaFunctionModel,
  taskRoot: string,
  runtimeApi: string,
  bootstrapPath: string,
  overrides: Record<string, string>,
): Record<string, string> {
  const region = model.arn.split(':')[3] ?? '';
  const layers = [...model.layers].reverse();
  return {
    PATH: [...layers.map((layer) => join(layer, 'bin')), process.env['PATH'] ?? ''].join(delimiter),
    // Windows cannot open a socket without it.
    ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    ...pathsOf(layers, model.runtime),
    ...model.environment,
    ...overrides,
    AWS_EXECUTION_ENV: `AWS_Lambda_${model.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: model.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(model.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: model.logFormat,
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${model.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(new Date()),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LAMBDA_RUNTIME_DIR: dirname(bootstrapPath),
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: model.handler,
  };
}

/**
 * Where a runtime looks into layers, which are under /opt on Lambda ("Adding layers to functions", layer paths for each runtime). What a
 * later layer has comes first.
 */
function pathsOf(layers: string[], runtime: string): Record<string, string> {
  const python = pythonVersion(runtime);
  const folders =
    python === null
      ? [join('nodejs', `node${nodeMajor(runtime)}`, 'node_modules'), join('nodejs', 'node_modules')]
      : ['python', join('python', 'lib', `python${python}`, 'site-packages')];
  const paths = layers.flatMap((layer) => folders.map((folder) => join(layer, folder))).join(delimiter);
  return paths === '' ? {} : { [python === null ? 'NODE_PATH' : 'PYTHONPATH']: paths };
}

/** `2026/11/23/[$LATEST]` and 32 hexadecimal digits. */
function logStreamName(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}

/**
 * Node.js options for a memory size in MB: nine tenths for the old generation, a twentieth for each half of the young one,
 * headers up to 80 KB, as in the bootstrap script of Lambda's Node.js runtimes.
 */
export function nodeOptions(memoryMb: number): string[] {
  return [
    `--max-old-space-size=${Math.floor(memoryMb * 0.9)}`,
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryMb * 0.05))}`,
    '--max-http-header-size=81920',
  ];
}
