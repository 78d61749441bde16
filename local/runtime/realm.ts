import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { copyOut, copyOutWithNulls, SUSPICIOUS_DEPTH } from './copy-out.ts';
import type { Containers, ContextInit } from './runtime.types.ts';
import { skipTo } from './util/early-return.ts';
import { replacePattern } from './util/java-pattern.ts';

/** Iterations of one loop after which it ends silently (AppSync quotas; aws-appsync-community issue 371). */
export const ITERATION_LIMIT = 1000;

/** The members of `ctx` that change during a resolver run; every value is an object of the realm. */
export interface RealmContext {
  identity: unknown;
  result: unknown;
  error: unknown;
  prev: unknown;
  stash: unknown;
  outErrors: unknown[];
}

/** A function offered to code. */
export interface Helper {
  (...given: never[]): unknown;
  /** Whether members of its arguments that are undefined reach it as null. @default they are dropped, as in JSON */
  seesUndefined?: true;
}

/** Functions and namespaces offered to code, as plain objects of functions. */
export type HelperTree = { [name: string]: HelperTree | Helper };

/** The helper, told of members that are undefined. */
export const seeingUndefined = (helper: Helper): Helper =>
  Object.assign((...given: never[]) => helper(...given), { seesUndefined: true as const });

/** A context in which APPSYNC_JS code runs: nothing in it leads to this process. */
export interface Realm {
  /** JSON into the realm; members that are undefined are dropped. */
  copyIn(value: unknown): unknown;
  /** The same, but for a map that was made by `containers` in the first place. */
  adopt(value: unknown): unknown;
  containers: Containers;
  /** Helpers as the realm sees them: frozen, their arguments copied out and their results copied in. */
  wrapTree(helpers: HelperTree): unknown;
  createContext(init: ContextInit): RealmContext;
  /** What instrumented `for…of` and `for…in` loops walk. */
  take: unknown;
  takeKeys: unknown;
  /** What stands for `runtime.earlyReturn` in `return runtime.earlyReturn(…)`, and what it makes. */
  endEarly: unknown;
  EarlyReturn: new () => { value: unknown; skipTo: 'NEXT' | 'END' };
  /** `JSON`, `Math`, `Number`, `Object` and `Array` with the documented members only. */
  globals: Record<string, unknown>;
  /** Compiles an expression, which evaluates inside the realm. @param firstLine of the text, from 1 */
  evaluate(text: string, file: string, firstLine: number): unknown;
}

const SETUP = new vm.Script(readFileSync(new URL('./realm-setup.js', import.meta.url), 'utf8'), {
  filename: 'appsync-realm.js',
});

const HOST = { copyOut, copyOutWithNulls, replacePattern, skipTo, SUSPICIOUS_DEPTH };

type Setup = (host: typeof HOST, iterationLimit: number) => Omit<Realm, 'evaluate'>;

export function createRealm(): Realm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'APPSYNC_JS',
    codeGeneration: { strings: false, wasm: false },
  });
  const setUp = SETUP.runInContext(context) as Setup;
  const built = setUp(HOST, ITERATION_LIMIT);
  return {
    ...built,
    evaluate: (text, filename, firstLine) =>
      new vm.Script(text, { filename, lineOffset: firstLine - 1 }).runInContext(context) as unknown,
  };
}
