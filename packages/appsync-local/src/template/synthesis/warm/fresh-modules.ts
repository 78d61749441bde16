/**
 * Hooks of Node.js's module loader: each run of a program loads the project's modules anew, and those of packages once. The run's number
 * is in the query of its first module, and passes on to what that imports. For esbuild they get the functions of `Bundles`.
 */
import type { ResolveHook } from 'node:module';
import { isOfProject, RUN, STAND_IN_MODULE } from './module-address.ts';

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const run = context.parentURL && runOf(context.parentURL);
  if (run && specifier === 'esbuild') {
    return { url: STAND_IN_MODULE, format: 'module', shortCircuit: true };
  }
  const resolved = await nextResolve(specifier, context);
  if (!run || !isOfProject(resolved.url)) {
    return resolved;
  }
  const url = new URL(resolved.url);
  url.searchParams.set(RUN, run);
  return { ...resolved, url: url.href };
};

const runOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).searchParams.get(RUN) : null);
