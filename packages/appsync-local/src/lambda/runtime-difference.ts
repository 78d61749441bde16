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
 * A sentence for people when functions are deployed on another major version of Node.js than the host's own, on which they run
 * here; else null.
 */
export function runtimeDifference(functions: LambdaFunctionModel[]): string | null {
  const here = Number(process.versions.node.split('.')[0]);
  const different = functions.filter(({ runtime }) => {
    const major = nodeMajor(runtime);
    return major !== null && major !== here;
  });
  if (different.length === 0) {
    return null;
  }
  const runtimes = [...new Set(different.map(({ runtime }) => runtime))].sort().join(' and ');
  const [subject, is, run] =
    different.length === 1
      ? [different[0]!.functionName, 'is', 'runs']
      : [`${different.length} Lambda functions`, 'are', 'run'];
  return `${subject} ${is} deployed on ${runtimes} and ${run} here on Node ${process.versions.node}`;
}
