import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppModel, CodeModel, LambdaFunctionModel } from '../template/app-model.ts';
import type { RebuiltCode } from '../template/synthesis/warm/messages.ts';

/**
 * An app with code that has been built again, in place of the same code of before; undefined when none of it is in the app.
 * @param directory where copies of functions' code go, for as long as the process lives
 */
export function withRebuiltCode(
  app: AppModel,
  rebuilt: RebuiltCode[],
  directory: string,
): AppModel | undefined {
  let found = false;
  const codes = new Map(rebuilt.map((one) => [one.before, one]));
  const renewed = (code: CodeModel): CodeModel => {
    const one = codes.get(code.text);
    if (!one) {
      return code;
    }
    found = true;
    return { ...code, text: one.after, sourceMap: { read: () => one.sourceMap } };
  };
  const withCode = <T extends object>(unit: T): T =>
    'code' in unit && unit.code ? { ...unit, code: renewed(unit.code as CodeModel) } : unit;
  const api = {
    ...app.api,
    functions: app.api.functions.map(withCode),
    resolvers: app.api.resolvers.map(withCode),
  };
  const lambdaFunctions = app.lambdaFunctions.map((lambda) => {
    const next = rebuiltFunction(lambda, rebuilt, directory);
    found ||= next !== lambda;
    return next;
  });
  return found ? { ...app, api, lambdaFunctions } : undefined;
}

/** The function with a copy of its code in which a file is replaced; the same function when none is. */
function rebuiltFunction(
  lambda: LambdaFunctionModel,
  rebuilt: RebuiltCode[],
  directory: string,
): LambdaFunctionModel {
  if (!('directory' in lambda.code)) {
    return lambda;
  }
  const source = lambda.code.directory;
  const replaced = filesBelow(source).flatMap((file) => {
    const one = rebuilt.find((code) => hasText(join(source, file), code.before));
    return one ? [{ file, ...one }] : [];
  });
  if (replaced.length === 0) {
    return lambda;
  }
  const copy = copyOf(source, directory);
  replaced.forEach(({ file, after }) => writeFileSync(join(copy, file), after));
  return { ...lambda, code: { directory: copy }, sourceMaps: mapsOf(lambda, rebuilt) };
}

function mapsOf(
  { sourceMaps }: LambdaFunctionModel,
  rebuilt: RebuiltCode[],
): LambdaFunctionModel['sourceMaps'] {
  const maps = new Map(rebuilt.map(({ after, sourceMap }) => [after, sourceMap]));
  return { of: (code) => ({ read: () => maps.get(code) ?? sourceMaps?.of(code).read() }) };
}

/** Beside the assemblies, where a function finds the project's packages. */
function copyOf(source: string, directory: string): string {
  const copy = mkdtempSync(join(directory, 'synthesizing-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(source, copy, { recursive: true });
  return copy;
}

const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) => /\.[cm]?js$/.test(file));

const hasText = (file: string, text: string): boolean =>
  statSync(file).size === Buffer.byteLength(text) && readFileSync(file, 'utf8') === text;
