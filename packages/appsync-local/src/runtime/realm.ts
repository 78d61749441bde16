import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { bytesCopied, copyOut, copyOutWithNulls, SUSPICIOUS_DEPTH } from './copy-out.ts';
import type { Helper, HelperTree } from './helper.ts';
import { DEFAULT_JAVASCRIPT } from './javascript.ts';
import type { Javascript } from './javascript.ts';
import { METHOD_NAMES } from './known-methods.ts';
import { ALLOWANCE, LONGEST_TEXT, meterHelpers, STRIDE } from './meter.ts';
import { addWork, takeWork } from './outside-work.ts';
import type { Containers, ContextInit } from './runtime.types.ts';
import { emptyEarlyReturn, skipTo } from './util/early-return.ts';
import { isPattern, replace, replaceAll } from './util/java-pattern.ts';

/** After this many iterations a loop ends silently (AppSync quotas; aws/aws-appsync-community#371). */
export const ITERATION_LIMIT = 1000;

/** An object that was created inside the realm. Evaluated code may hold it; the server reads it and passes it on. */
export interface RealmObject {
  readonly [madeInRealm]: true;
}
declare const madeInRealm: unique symbol;

/** The members of `ctx` that change during a resolver run; every value is an object of the realm. */
export interface RealmContext extends RealmObject {
  identity: unknown;
  result: unknown;
  error: unknown;
  prev: unknown;
  stash: unknown;
  outErrors: unknown[];
}

/** By module name, then by export name. */
export type RealmModules = RealmObject & Record<string, RealmObject & Record<string, RealmObject>>;

/** A context in which APPSYNC_JS code runs; nothing in it leads to this process. */
export interface Realm {
  /** Copies JSON into the realm; undefined members are dropped. */
  copyIn(value: unknown): unknown;
  /** Like `copyIn`, without copying a map that `containers` created. */
  adopt(value: unknown): unknown;
  containers: Containers;
  /** Returns modules by name, as the realm sees them: frozen, each helper's arguments copied out and its result copied in. */
  wrapModules(modules: HelperTree): RealmModules;
  /** Does the same for the functions of one namespace. */
  wrapNamespace(helpers: HelperTree): RealmObject;
  /** Returns what a helper threw if that ended the code, else what did end it. */
  reasonOf(thrown: unknown): unknown;
  createContext(init: ContextInit): RealmContext;
  /** The sources that instrumented `for…of` and `for…in` loops walk. */
  take: RealmObject;
  takeKeys: RealmObject;
  /** The functions that count the work of code (`metering.ts`). */
  step: RealmObject;
  spread: RealmObject;
  grown: RealmObject;
  /** Gives a new evaluation its whole allowance. */
  begin(): void;
  /** The replacement of `runtime.earlyReturn` in `return runtime.earlyReturn(…)`, and its result. */
  endEarly: RealmObject;
  EarlyReturn: new () => { value: unknown; skipTo: 'NEXT' | 'END' };
  /** The operators of `observed-javascript.ts`. */
  same: RealmObject;
  coalesce: RealmObject;
  noCase: RealmObject;
  /** `JSON`, `Math`, `Number`, `Object` and `Array` with only their documented members. */
  globals: Record<string, RealmObject>;
  /** Compiles an expression and evaluates it inside the realm. */
  evaluate(text: string, file: string): unknown;
}

const SETUP = new vm.Script(readFileSync(new URL('./realm-setup.js', import.meta.url), 'utf8'), {
  filename: 'appsync-realm.js',
});

const METER = new vm.Script(readFileSync(new URL('./realm-meter.js', import.meta.url), 'utf8'), {
  filename: 'appsync-realm-meter.js',
});

/** The functions of the server that the set-up itself uses. */
const outsideOf = (javascript: Javascript, allowance: number): HelperTree => ({
  isPattern,
  replace,
  replaceAll,
  skipTo,
  emptyEarlyReturn: emptyEarlyReturn(javascript),
  meter: meterHelpers(allowance),
});

const METHODS_JSON = JSON.stringify(METHOD_NAMES);

interface BuiltInside extends Omit<Realm, 'evaluate' | 'reasonOf'> {
  STOPPED: unknown;
  /** Counts units of work. */
  spend(units: number): void;
}
type MakeMeter = (allowance: number, stride: number, longestText: number) => RealmObject;
type SetUp = (
  outside: HelperTree,
  meter: RealmObject,
  iterationLimit: number,
  suspiciousDepth: number,
  methodsJson: string,
) => BuiltInside;

/** @param allowance units of work of one evaluation */
export function createRealm(javascript: Javascript = DEFAULT_JAVASCRIPT, allowance = ALLOWANCE): Realm {
  const context = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    name: 'APPSYNC_JS',
    codeGeneration: { strings: false, wasm: false },
  });
  const helpers = new Helpers();
  const setUp = SETUP.runInContext(context) as SetUp;
  const meter = (METER.runInContext(context) as MakeMeter)(allowance, STRIDE, LONGEST_TEXT);
  const outside = helpers.watch(outsideOf(javascript, allowance));
  const built = setUp(outside, meter, ITERATION_LIMIT, SUSPICIOUS_DEPTH, METHODS_JSON);
  helpers.spend = built.spend;
  return {
    ...built,
    wrapModules: (modules) => built.wrapModules(helpers.watch(modules)),
    wrapNamespace: (tree) => built.wrapNamespace(helpers.watch(tree)),
    reasonOf: (thrown) => (thrown === built.STOPPED ? helpers.reason() : thrown),
    evaluate: (text, filename) => new vm.Script(text, { filename }).runInContext(context) as unknown,
  };
}

/**
 * The server's side of helpers. Keeps what they throw on this side of the realm, where code meets a stand-in that carries
 * nothing, and counts the work they do for the code.
 */
class Helpers {
  /** Counts units of work. @throws the stand-in, when the allowance is used up */
  spend: (units: number) => void = () => {};
  #thrown: unknown;

  /** Wraps the helpers so that they receive copies of the realm's arguments. */
  watch(helpers: HelperTree): HelperTree {
    const watched: HelperTree = {};
    for (const [name, helper] of Object.entries(helpers)) {
      watched[name] = typeof helper === 'function' ? this.#watchOne(helper) : this.watch(helper);
    }
    return watched;
  }

  #watchOne(helper: Helper): (...given: unknown[]) => unknown {
    const copy = helper.seesUndefined ? copyOutWithNulls : copyOut;
    return (...given) => {
      let answer: unknown;
      try {
        for (let index = 0; index < given.length; index += 1) {
          const type = typeof given[index];
          // undefined and NaN pass through, so that a helper can tell them from null.
          if (type === 'object' || type === 'function') {
            given[index] = copy(given[index]);
            addWork(bytesCopied());
          }
        }
        answer = helper(...(given as never[]));
      } catch (thrown) {
        takeWork();
        this.#thrown = thrown;
        throw thrown;
      }
      const work = takeWork();
      if (work > 0) {
        this.spend(work);
      }
      return answer;
    };
  }

  /** What the last helper threw; nothing if the stack was used up before it began. */
  reason(): unknown {
    const thrown = this.#thrown ?? new RangeError('Maximum call stack size exceeded');
    this.#thrown = undefined;
    return thrown;
  }
}
