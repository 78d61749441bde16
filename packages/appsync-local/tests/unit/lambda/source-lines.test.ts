import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';
import { arnOf, lambdaFunction, openHost } from './harness/lambda-function.ts';

const SOURCE = `interface Item { id: string }

const fail = (item: Item): never => {
  throw new TypeError('no ' + item.id);
};

export async function handler(item: Item) {
  return fail(item);
}
`;

/** Minified and bundled from `functions/greet/index.ts`, for a folder `cdk.out/bundling`. */
function bundle(format: 'cjs' | 'esm', sourcemap: 'inline' | 'linked' | 'external') {
  const { outputFiles } = buildSync({
    stdin: { contents: SOURCE, sourcefile: 'functions/greet/index.ts', loader: 'ts', resolveDir: '/' },
    absWorkingDir: '/',
    outfile: 'cdk.out/bundling/index.js',
    format,
    sourcemap,
    minify: true,
    write: false,
  });
  const textOf = (ending: string): string =>
    outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { code: textOf('.js'), map: textOf('.map') };
}

/** What the terminal shows of a function that fails. */
async function failing(
  files: Record<string, string>,
  more: Partial<LambdaFunctionModel> = {},
): Promise<string> {
  const host = await openHost([lambdaFunction(files, more)]);
  const result = await host.invoke(arnOf('greet'), { id: 'b' });
  expect(result).toEqual({ kind: 'function-error', errorType: 'TypeError', errorMessage: 'no b' });
  return host.lines().join('\n');
}

const THROWN = 'functions/greet/index.ts:4:9';
const CALLED = 'functions/greet/index.ts:8:10';

test('errors have the lines of the sources, by a map beside the code as bundlers write it', async () => {
  const { code, map } = bundle('cjs', 'linked');

  const shown = await failing({ 'index.js': code, 'index.js.map': map });

  expect(shown).toContain(THROWN);
  expect(shown).toContain(CALLED);
  expect(shown).not.toContain('index.js:');
});

test('errors of an ES module have the lines of the sources, in logs of JSON too', async () => {
  const { code, map } = bundle('esm', 'external');

  const shown = await failing({ 'index.mjs': code, 'index.mjs.map': map }, { logFormat: 'JSON' });

  const { message } = JSON.parse(shown) as { message: { stackTrace: string[] } };
  expect(message.stackTrace).toEqual(
    expect.arrayContaining([expect.stringContaining(THROWN), expect.stringContaining(CALLED)]),
  );
  expect(shown).not.toContain('index.mjs');
});

test('errors have the lines of the sources, by a map in the code', async () => {
  const { code } = bundle('cjs', 'inline');

  expect(await failing({ 'index.js': code })).toContain(THROWN);
});

test('errors have the lines of the sources, by a map in the cloud assembly', async () => {
  const { code, map } = bundle('cjs', 'external');
  const sourceMaps = { of: (text: string) => ({ read: () => (text === code ? map : undefined) }) };

  expect(await failing({ 'index.js': code }, { sourceMaps })).toContain(THROWN);
});

test('maps are read for errors only', async () => {
  const read: string[] = [];
  const { code } = bundle('cjs', 'external');
  const sourceMaps = { of: (text: string) => ({ read: () => void read.push(text) }) };
  const model = lambdaFunction(
    { 'index.js': code.replace(/throw new TypeError\(/, 'return console.log(') },
    { sourceMaps },
  );
  const host = await openHost([model]);

  await host.invoke(arnOf('greet'), { id: 'b' });

  expect(host.lines()).toEqual([expect.stringContaining('no b')]);
  expect(read).toEqual([]);
});

test.each(['not JSON', '{"version":3}'])('a broken map (%s) leaves errors as they are', async (map) => {
  const { code } = bundle('cjs', 'external');

  expect(await failing({ 'index.js': code, 'index.js.map': map })).toMatch(/index\.js:\d+:\d+/);
});
