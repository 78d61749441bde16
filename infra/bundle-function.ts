import { bundle } from './bundle.ts';

/**
 * Everything in one minified file, packages through their module entry points, without what is never reached. CommonJS down
 * to the last `import()`: to an ES module Node.js hands over every export of a built-in module, and one of `node:http` is
 * WebSocket, which loads all of undici. docs/lambda-or-not.md has what each of these saves at a cold start.
 *
 * @param entryPoint below the project's root
 */
export function bundleFunction(entryPoint: string): string {
  const [file] = bundle({
    entryPoints: [entryPoint],
    format: 'cjs',
    supported: { 'dynamic-import': false },
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
  });
  return file!.text;
}
