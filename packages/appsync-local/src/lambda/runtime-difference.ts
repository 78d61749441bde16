import { findPython, pythonVersion } from '../ground/python.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';

/**
 * The major version of a Node.js runtime: 24 for `nodejs24.x`; null for a runtime of another language, or for `nodejs`, a
 * version that no longer exists.
 */
export function nodeMajor(runtime: string): number | null {
  const digits = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Whether a runtime is `provided.al2023` or the like: the code contains its own runtime, built for this machine's system and
 * processor.
 */
export const isCustomRuntime = (runtime: string): boolean => /^provided(\.|$)/.test(runtime);

/**
 * A sentence for people for each language whose functions are deployed on another version than the one that they run on here: another major
 * version of Node.js, another minor version of Python.
 */
export const runtimeDifferences = (functions: LambdaFunctionModel[]): string[] => [
  ...differences(functions, nodeDifference),
  ...differences(functions, pythonDifference),
];

/** What a function runs on here, where it is another version than where it is deployed; null where it is not. */
type Difference = (runtime: string) => string | null;

function nodeDifference(runtime: string): string | null {
  const major = nodeMajor(runtime);
  const { node } = process.versions;
  return major === null || major === Number(node.split('.')[0]) ? null : `Node ${node}`;
}

function pythonDifference(runtime: string): string | null {
  const version = pythonVersion(runtime);
  const here = version === null ? undefined : findPython(version)?.version;
  return here === undefined || here === version ? null : `Python ${here}`;
}

function differences(functions: LambdaFunctionModel[], difference: Difference): string[] {
  const different = functions.filter(({ runtime }) => difference(runtime) !== null);
  if (different.length === 0) {
    return [];
  }
  const runtimes = [...new Set(different.map(({ runtime }) => runtime))].sort().join(' and ');
  const here = [...new Set(different.map(({ runtime }) => difference(runtime)))].join(' and ');
  const [subject, is, run] =
    different.length === 1
      ? [different[0]!.functionName, 'is', 'runs']
      : [`${different.length} Lambda functions`, 'are', 'run'];
  return [`${subject} ${is} deployed on ${runtimes} and ${run} here on ${here}.`];
}
