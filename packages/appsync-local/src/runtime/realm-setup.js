/*
 * Runs once inside a fresh context and turns it into APPSYNC_JS: limits loops, removes what AppSync does not document, freezes
 * the rest, and returns the only ways in and out. It is text, not a module: realm.ts compiles it into the context, so that
 * every object it creates belongs to that context and leads to nothing outside (ADR 23).
 */
(function setUp(outside, meter, iterationLimit, suspiciousDepth, methodsJson) {
  'use strict';

  const { apply, ownKeys } = Reflect;
  const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys } = Object;
  const { isArray } = Array;
  const { parse, stringify } = JSON;
  const { slice } = Array.prototype;
  const { spend } = meter;
  const iteratorOf = Symbol.iterator;
  const root = globalThis;
  const WrongType = TypeError;

  // --- values: JSON from outside becomes objects of this context -------------------------------------------------

  const isObject = (value) => typeof value === 'object' && value !== null;
  const isMap = (value) => isObject(value) && !isArray(value);

  function copyIn(value) {
    if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value;
    return isArray(value) ? copyList(value) : copyMap(value);
  }

  function copyList(list) {
    const copy = [];
    // `push` is nine times as fast as an index: V8 stores slowly by index when array prototypes are frozen (measured
    // 2026-11-29).
    for (let index = 0; index < list.length; index += 1) copy.push(copyIn(list[index]));
    return copy;
  }

  function copyMap(map) {
    const copy = {};
    for (const name in map) {
      const value = map[name];
      if (value !== undefined) copy[name] = copyIn(value);
    }
    return copy;
  }

  const containers = { map: () => ({}), list: () => [] };
  const mapPrototype = Object.prototype;

  const adopt = (value) =>
    isObject(value) && getPrototypeOf(value) === mapPrototype ? value : copyIn(value);

  // --- the gate: the only place where code of this context calls code of the server --------------------------------

  /** Thrown in here in place of whatever was thrown outside; `reasonOf` in realm.ts knows what that was. */
  const STOPPED = freeze(create(null));

  /** Covers what the server keeps of a call: a log line, an appended error. */
  const UNITS_OF_A_HELPER = 200;

  /**
   * Makes a function of this context that calls one outside. The outside only reads its arguments. Its result is copied, and
   * what it throws stays there, even when the stack is used up before it begins.
   */
  const gate = (callee) =>
    freeze((...given) => {
      spend(UNITS_OF_A_HELPER);
      let answer;
      try {
        answer = callee(...given);
      } catch {
        throw STOPPED;
      }
      return copyIn(answer);
    });

  const host = wrapTree(outside, {});
  meter.connect(host.meter);

  function wrapTree(tree, twins) {
    const wrapped = {};
    for (const name of keys(tree)) {
      const twin = hasOwn(twins, name) ? twins[name] : undefined;
      if (typeof tree[name] !== 'function') wrapped[name] = wrapTree(tree[name], twin ?? {});
      else {
        const gated = gate(tree[name]);
        wrapped[name] = twin ? freeze(twin(gated)) : gated;
      }
    }
    return freeze(wrapped);
  }

  // --- two helpers that nearly every handler calls are done here, so that nothing is copied out and in again ----------

  const TOO_DEEP = {};

  /** Gives the result of copying out and typing there: values that JSON lacks are dropped from maps and become NULL elsewhere. */
  function typedValue(value, depth) {
    if (typeof value === 'string') return { S: value };
    if (typeof value === 'number' && value - value === 0) return { N: value };
    if (typeof value === 'boolean') return { BOOL: value };
    if (typeof value !== 'object' || value === null) return { NULL: null };
    return isArray(value) ? { L: typedList(value, depth + 1) } : { M: typedMap(value, depth + 1) };
  }

  function typedList(list, depth) {
    if (depth === suspiciousDepth) throw TOO_DEEP;
    spend(list.length * 80);
    const typed = [];
    for (let index = 0; index < list.length; index += 1) typed.push(typedValue(list[index], depth));
    return typed;
  }

  function typedMap(map, depth) {
    if (depth === suspiciousDepth) throw TOO_DEEP;
    const typed = {};
    const names = keys(map);
    spend(names.length * 160);
    for (let index = 0; index < names.length; index += 1) {
      const value = map[names[index]];
      if (value !== undefined && typeof value !== 'function') typed[names[index]] = typedValue(value, depth);
    }
    return typed;
  }

  /** Leaves unusual values to `gated`: those of the wrong type, and those so deep that they may be cyclic. */
  const orOutside = (accepts, typed) => (gated) => (value) => {
    if (!accepts(value)) return gated(value);
    try {
      return typed(value, 0);
    } catch (thrown) {
      if (thrown !== TOO_DEEP) throw thrown;
      return gated(value);
    }
  };

  /** By the path of the helper. */
  const TWINS = {
    '@aws-appsync/utils': {
      util: {
        dynamodb: {
          toDynamoDB: orOutside(isObject, typedValue),
          toMapValues: orOutside(isMap, typedMap),
        },
      },
    },
  };

  const wrapModules = (modules) => wrapTree(modules, TWINS);
  const wrapNamespace = (tree) => wrapTree(tree, {});

  // --- the context object ------------------------------------------------------------------------------------------

  // Members that JSON does not show (AppSync's `args` and the two descriptions of the selection) come from prototypes: defining
  // hidden members on each object takes longer than everything else.

  class Context {
    #args;

    constructor(init) {
      this.arguments = copyIn(init.arguments);
      this.identity = copyIn(init.identity ?? null);
      this.source = copyIn(init.source ?? null);
      this.result = null;
      this.error = null;
      this.prev = null;
      this.stash = copyIn(init.stash ?? {});
      this.request = {
        headers: copyIn(init.request.headers),
        domainName: copyIn(init.request.domainName),
      };
      this.info = new Info(init.info);
      this.env = copyIn(init.env);
      this.outErrors = [];
      this.#args = this.arguments;
    }

    get args() {
      return this.#args;
    }

    set args(value) {
      this.#args = value;
    }
  }

  class Info {
    #init;
    #selectionSetList;
    #selectionSetGraphQL;

    constructor(init) {
      this.fieldName = copyIn(init.fieldName);
      this.parentTypeName = copyIn(init.parentTypeName);
      this.variables = copyIn(init.variables);
      this.#init = init;
      this.#selectionSetGraphQL = copyIn(init.selectionSetGraphQL);
    }

    get selectionSetList() {
      return (this.#selectionSetList ??= copyIn(this.#init.selectionSetList));
    }

    set selectionSetList(value) {
      this.#selectionSetList = value;
    }

    get selectionSetGraphQL() {
      return this.#selectionSetGraphQL;
    }

    set selectionSetGraphQL(value) {
      this.#selectionSetGraphQL = value;
    }
  }

  for (const { prototype } of [Context, Info]) {
    delete prototype.constructor;
    for (const name of ownKeys(prototype)) {
      const { get, set } = getOwnPropertyDescriptor(prototype, name);
      freeze(get);
      freeze(set);
    }
    freeze(prototype);
  }

  const createContext = (init) => new Context(init);

  // --- an early return that is a return ------------------------------------------------------------------------------

  class EarlyReturn {
    constructor(value, skipTo) {
      this.value = value;
      this.skipTo = skipTo;
    }
  }

  const endEarly = (value, options) =>
    new EarlyReturn(value ?? host.emptyEarlyReturn(), options === undefined ? 'NEXT' : host.skipTo(options));

  // --- operators of AppSync's own (observed-javascript.ts) -----------------------------------------------------------

  const same = (a, b) => (a ?? null) === (b ?? null);
  const coalesce = (a, b) => a ?? b;
  const NO_CASE = freeze({});
  const noCase = () => NO_CASE;

  // --- loops end without a word after the limit ------------------------------------------------------------------

  /** Returns what `for (… of source)` walks instead of `source`. */
  function take(source) {
    if (source === undefined || source === null || typeof source[iteratorOf] !== 'function') {
      throw new WrongType(`${typeof source === 'object' ? jsonOf(source) : source} is not iterable`);
    }
    const iterator = source[iteratorOf]();
    let count = 0;
    const next = () => {
      count += 1;
      return count > iterationLimit ? { done: true, value: undefined } : iterator.next();
    };
    return { [iteratorOf]: () => ({ next }) };
  }

  /** Returns what `for (… in source)` walks instead of `source`. */
  function takeKeys(source) {
    if (source === undefined || source === null) return source;
    const names = keys(source);
    if (names.length <= iterationLimit) return source;
    const first = {};
    for (let index = 0; index < iterationLimit; index += 1) first[names[index]] = true;
    return first;
  }

  function capForward(name) {
    const native = Array.prototype[name];
    const capped = function (callback, ...rest) {
      if (this.length <= iterationLimit || typeof callback !== 'function')
        return apply(native, this, [callback, ...rest]);
      return apply(native, apply(slice, this, [0, iterationLimit]), [callback, ...rest]);
    };
    replaceMethod(Array.prototype, name, capped);
  }

  /** Limits methods that start at the end: their callbacks' indexes, and the index they return, count from the start. */
  function capBackward(name, indexAt) {
    const native = Array.prototype[name];
    const capped = function (callback, ...rest) {
      const skipped = this.length - iterationLimit;
      if (skipped <= 0 || typeof callback !== 'function') return apply(native, this, [callback, ...rest]);
      const shifted = (...given) => {
        given[indexAt] += skipped;
        return callback(...given);
      };
      const answer = apply(native, apply(slice, this, [skipped]), [shifted, ...rest]);
      return name === 'findLastIndex' && answer >= 0 ? answer + skipped : answer;
    };
    replaceMethod(Array.prototype, name, capped);
  }

  function replaceMethod(owner, name, method) {
    defineProperty(owner, name, {
      value: freeze(method),
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }

  for (const name of ['map', 'filter', 'forEach', 'reduce', 'find', 'findIndex', 'some', 'every']) {
    capForward(name);
  }
  capBackward('reduceRight', 2);
  capBackward('findLast', 1);
  capBackward('findLastIndex', 1);

  const cappedMap = Array.prototype.map;
  replaceMethod(Array.prototype, 'flatMap', function (callback, ...rest) {
    return meter.flattened(apply(cappedMap, this, [callback, ...rest]));
  });

  // --- methods that count their work -----------------------------------------------------------------------------

  for (const name of keys(meter.lists)) replaceMethod(Array.prototype, name, meter.lists[name]);
  for (const name of keys(meter.texts)) replaceMethod(String.prototype, name, meter.texts[name]);

  /** JSON of a value whose size has been counted; the language's own error reports a cyclic value. */
  function jsonOf(value, ...more) {
    try {
      meter.weigh(value);
    } catch (thrown) {
      if (thrown === STOPPED || thrown instanceof WrongType) throw thrown;
    }
    return stringify(value, ...more);
  }

  // --- methods that differ from ECMAScript -----------------------------------------------------------------------

  replaceMethod(Array.prototype, 'sort', function (compare) {
    if (compare !== undefined) throw new WrongType('Array.sort takes no compare function in APPSYNC_JS');
    return apply(meter.lists.sort, this, []);
  });

  // Not callable, yet `${list}` still works.
  defineProperty(Array.prototype, Symbol.toPrimitive, {
    value: freeze(function () {
      return apply(meter.lists.join, this, []);
    }),
  });

  // Patterns are Java's. Plain strings are replaced here, the rest outside, where the translated patterns are kept.
  for (const name of ['replace', 'replaceAll']) {
    replaceMethod(String.prototype, name, function (pattern, replacement) {
      if (typeof replacement === 'function')
        throw new WrongType(`String.${name} takes no function in APPSYNC_JS`);
      const search = `${pattern}`;
      return host.isPattern(search)
        ? host[name](`${this}`, search, `${replacement}`)
        : meter[name](`${this}`, search, `${replacement}`);
    });
  }

  const parseJson = (text) => {
    const source = `${text}`;
    meter.spendParsed(source);
    try {
      return parse(source);
    } catch {
      return ''; // documented: "returns a blank string if the parsed string is not valid JSON"
    }
  };

  // --- what is left ----------------------------------------------------------------------------------------------

  const pick = (owner, names) => freeze(copyMethods(owner, names));

  function copyMethods(owner, names) {
    const picked = {};
    for (const name of names) picked[name] = freeze(owner[name]);
    return picked;
  }

  /** Names by their owners (methods.ts); as text, so that the lists belong to this context. */
  const methods = parse(methodsJson);

  const globals = {
    JSON: freeze({ parse: freeze((text) => parseJson(text)), stringify: freeze(jsonOf) }),
    Math: pick(Math, methods.Math),
    Number: pick(Number, methods.Number),
    Object: pick({ ...meter.maps, hasOwn }, methods.Object),
    Array: pick(Array, methods.Array),
  };

  function keepOnly(owner, names) {
    for (const key of ownKeys(owner)) {
      const removable = getOwnPropertyDescriptor(owner, key).configurable;
      if (removable && typeof key === 'string' && !names.includes(key)) delete owner[key];
    }
  }

  /** AppSync's methods, and those that the language itself calls. */
  const kept = [
    [Object, []],
    [Object.prototype, ['toString', 'valueOf']],
    [Function, []],
    [Function.prototype, ['name', 'length']],
    [Array, []],
    // `constructor` stays: without it V8 takes the slow path for every array of the process.
    [Array.prototype, ['constructor', ...methods['Array.prototype']]],
    [String, []],
    [String.prototype, methods['String.prototype']],
    [Number, []],
    [Number.prototype, ['toString']],
    [Boolean, []],
    [Boolean.prototype, ['toString']],
    [Symbol, []],
    [Symbol.prototype, []],
  ];
  const iterators = [[][iteratorOf](), ''[iteratorOf]()].map(getPrototypeOf);
  const errors = [Error, TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];

  // Deep enough to reach past this file's own frames to the author's line.
  Error.stackTraceLimit = 30;
  for (const [owner, names] of kept) keepOnly(owner, names);

  // A frozen `toString` must not prevent data from having a member of that name (the "override mistake").
  for (const name of ['toString', 'valueOf']) {
    const native = freeze(Object.prototype[name]);
    defineProperty(Object.prototype, name, {
      get: freeze(() => native),
      set: freeze(function (value) {
        defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
      }),
      enumerable: false,
      configurable: false,
    });
  }
  keepOnly(root, []);

  const freezeAll = (owner) => {
    for (const key of ownKeys(owner)) {
      const { value } = getOwnPropertyDescriptor(owner, key);
      if (typeof value === 'function') freeze(value);
    }
    freeze(owner);
  };
  for (const [owner] of kept) freezeAll(owner);
  for (const iterator of iterators) freezeAll(iterator);
  for (const error of errors) freezeAll(error.prototype);
  freeze(getPrototypeOf(iterators[0]));
  freeze(root);

  return {
    copyIn,
    adopt,
    containers,
    STOPPED,
    wrapModules,
    wrapNamespace,
    createContext,
    take,
    takeKeys,
    step: freeze(meter.step),
    spread: freeze(meter.spread),
    grown: freeze(meter.grown),
    begin: meter.begin,
    spend,
    endEarly,
    EarlyReturn,
    same,
    coalesce,
    noCase,
    globals,
  };
});
