import type { LambdaFunctionModel } from '../template/app-model.ts';
import type { WriteLog } from './log-entry.ts';
import { nodeMajor } from './runtime-difference.ts';
import { sdkOf } from './runtime-packages.ts';

/** As Node.js says it of modules in CommonJS, and of ES modules. */
const MISSING = /Cannot find (?:module|package) '(@(?:aws-sdk|smithy)\/[\w.-]+)/;

/**
 * Adds to a function's log how to install a package that Lambda's runtime has and this machine has not, once for each package.
 * (AWS Lambda developer guide, "Runtime-included SDK versions")
 */
export function withSdkAdvice(log: WriteLog, { runtime, functionName }: LambdaFunctionModel): WriteLog {
  if (nodeMajor(runtime) === null || sdkOf(runtime) === 'v2') {
    return log;
  }
  const told = new Set<string>();
  return (entry) => {
    log(entry);
    const name = MISSING.exec(entry.line)?.[1];
    if (name !== undefined && !told.has(name)) {
      told.add(name);
      const line =
        `Lambda's ${runtime} has ${name}, but it is not installed here; ` +
        `in the project of the function run npm install --save-dev ${name}`;
      log({ functionName, stream: 'host', line });
    }
  };
}
