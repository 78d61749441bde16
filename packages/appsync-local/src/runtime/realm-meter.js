/*
 * Counts the work of an evaluation inside a context, and ends an evaluation that does not end by itself (ADR 26). One unit is
 * about two nanoseconds or one byte. Syntax calls `step`, `spread` and `grown` (metering.ts). Methods whose cost grows with
 * their string or list count it themselves, and do so in advance where the work could take all memory at once. This is text,
 * not a module, like realm-setup.js.
 */
(function makeMeter(allowance, stride, longestText) {
  'use strict';

  const { apply } = Reflect;
  const { assign, entries, fromEntries, keys, values } = Object;
  const { isArray } = Array;
  const WrongType = TypeError;

  let left = 0;
  let nextLook = 0;
  let evaluation = 0;
  /** Set by `connect`; each throws. */
  let outside;

  /** Gives a new evaluation the whole allowance. */
  function begin() {
    left = allowance;
    nextLook = allowance - stride;
    evaluation += 1;
  }

  function spend(units) {
    // Negative units are ignored: code may claim any length for its objects.
    if (units > 0) left -= units;
    if (left < nextLook) look();
  }

  function look() {
    // Set before asking outside, which is counted too.
    nextLook = left - stride;
    if (left < 0) outside.exhausted();
    outside.look(evaluation);
  }

  /** @param length of a string that is created or walked */
  function spendText(length) {
    if (length > longestText) outside.tooLong();
    spend(length);
  }

  const isObject = (value) => typeof value === 'object' && value !== null;
  const lengthOf = (list) => (typeof list.length === 'number' ? list.length : 0);

  /**
   * Counts work on each element. Code may set any length, and the elements of a list that is longer than this are never wanted: V8 keeps it as a
   * dictionary, where `fill` takes 700 ns for an element, and no look at the clock interrupts it (measured 2026-11-30).
   */
  function spendList(list, units) {
    const length = lengthOf(list);
    if (length > longestText) outside.exhausted();
    spend(length * units);
  }

  function spendKeys(map) {
    let count = 0;
    for (const _name in map) count += 1;
    spend(count * 24);
  }

  function spread(value) {
    if (typeof value === 'string' || isArray(value)) spendList(value, 8);
    else if (isObject(value)) spendKeys(value);
    return value;
  }

  /** Shorter strings are covered by the cost of the code's own nodes. */
  const SHORT = 256;

  function grown(value) {
    if (typeof value === 'string' && value.length > SHORT) spendText(value.length);
    return value;
  }

  // --- lists ---------------------------------------------------------------------------------------------------------

  const list = Array.prototype;
  const native = {
    concat: list.concat,
    flat: list.flat,
    join: list.join,
    map: list.map,
    push: list.push,
    slice: list.slice,
    sort: list.sort,
    splice: list.splice,
  };

  /** Wraps a method that looks at each element once. */
  const walking = (method) =>
    function (a, b, c) {
      spendList(this, 1);
      return apply(method, this, [a, b, c]);
    };

  /** The same for a method that checks whether an argument was given. */
  const walkingWith = (method) =>
    function (...given) {
      spendList(this, 1);
      return apply(method, this, given);
    };

  function concat(...given) {
    spendList(this, 8);
    for (let index = 0; index < given.length; index += 1) {
      if (isArray(given[index])) spendList(given[index], 8);
      else spend(8);
    }
    return apply(native.concat, this, given);
  }

  function slice(from, to) {
    spendList(this, 0);
    const part = apply(native.slice, this, [from, to]);
    spend(part.length * 8);
    return part;
  }

  function splice(...given) {
    spendList(this, 1);
    const removed = apply(native.splice, this, given);
    spend(removed.length * 8);
    return removed;
  }

  function flattenInto(flat, nested, depth) {
    spendList(nested, 16);
    for (let index = 0; index < nested.length; index += 1) {
      if (!(index in nested)) continue;
      if (depth >= 1 && isArray(nested[index])) flattenInto(flat, nested[index], depth - 1);
      else flat.push(nested[index]);
    }
    return flat;
  }

  function flat(depth) {
    return isArray(this)
      ? flattenInto([], this, depth === undefined ? 1 : +depth || 0)
      : apply(native.flat, this, [depth]);
  }

  /** Lists that are being joined: a list inside itself joins as empty. */
  const joining = [];

  /** Converts to strings, whose lengths give the length of the result. */
  function textsOf(elements) {
    const texts = [];
    let length = 0;
    for (let index = 0; index < elements.length; index += 1) {
      const element = elements[index];
      const text = element === undefined || element === null ? '' : `${element}`;
      length += text.length;
      if (length > longestText) outside.tooLong();
      texts.push(text);
    }
    spendText(length);
    return texts;
  }

  function join(separator) {
    if (!isArray(this)) return apply(native.join, this, [separator]);
    for (let index = 0; index < joining.length; index += 1) if (joining[index] === this) return '';
    const between = separator === undefined ? ',' : `${separator}`;
    spendList(this, 40);
    joining.push(this);
    try {
      const texts = textsOf(this);
      spendText(between.length * texts.length);
      return apply(native.join, texts, [between]);
    } finally {
      joining.pop();
    }
  }

  /** Sorts as strings; sixteen comparisons per element stand for its logarithm. */
  function sort() {
    spendList(this, 200);
    if (isArray(this)) spend(lengthsOf(this) * 2);
    return apply(native.sort, this, []);
  }

  function lengthsOf(elements) {
    let length = 0;
    for (let index = 0; index < elements.length; index += 1) {
      if (typeof elements[index] === 'string') length += elements[index].length;
    }
    return length;
  }

  const lists = {
    concat,
    flat,
    join,
    slice,
    sort,
    splice,
    fill: walking(list.fill),
    includes: walking(list.includes),
    indexOf: walking(list.indexOf),
    reverse: walking(list.reverse),
    shift: walking(list.shift),
    lastIndexOf: walkingWith(list.lastIndexOf),
    unshift: walkingWith(list.unshift),
  };

  // --- texts ---------------------------------------------------------------------------------------------------------

  const text = String.prototype;
  const nativeText = {
    concat: text.concat,
    split: text.split,
    indexOf: text.indexOf,
    replace: text.replace,
    replaceAll: text.replaceAll,
  };

  /** Counts the most that a search for one string in another may take. */
  function spendSearch(within, sought) {
    const { length } = sought;
    if (within.length > SHORT) spend((within.length * (length < 8 ? 1 : length / 8)) / 4);
  }

  const searching = (method) =>
    function (sought, at) {
      const wanted = `${sought}`;
      spendSearch(this, wanted);
      return apply(method, this, [wanted, at]);
    };

  const copying = (method) =>
    function () {
      spendText(this.length);
      return apply(method, this, []);
    };

  function concatText(...given) {
    let length = this.length;
    for (let index = 0; index < given.length; index += 1) {
      given[index] = `${given[index]}`;
      length += given[index].length;
    }
    spendText(length);
    return apply(nativeText.concat, this, given);
  }

  /** Counts a replacement, in which each `$…` may stand for the whole string. */
  function spendReplaced(source, found, replacement) {
    if (found === 0) return;
    const references = replacement.length - apply(nativeText.replaceAll, replacement, ['$', '']).length;
    spendText(source.length + found * (replacement.length + references * source.length));
  }

  function countOf(source, sought) {
    if (sought === '') return source.length + 1;
    let found = 0;
    let at = apply(nativeText.indexOf, source, [sought]);
    while (at >= 0) {
      found += 1;
      at = apply(nativeText.indexOf, source, [sought, at + sought.length]);
    }
    spend(found * 16);
    return found;
  }

  function split(separator, limit) {
    const at = separator === undefined ? separator : `${separator}`;
    if (at !== undefined) {
      spendSearch(this, at);
      if (this.length > SHORT) spend(countOf(`${this}`, at) * 32);
    }
    return apply(nativeText.split, this, [at, limit]);
  }

  function replace(source, sought, replacement) {
    spendSearch(source, sought);
    spendReplaced(source, 1, replacement);
    return apply(nativeText.replace, source, [sought, replacement]);
  }

  function replaceAll(source, sought, replacement) {
    spendSearch(source, sought);
    spendReplaced(source, countOf(source, sought), replacement);
    return apply(nativeText.replaceAll, source, [sought, replacement]);
  }

  const texts = {
    concat: concatText,
    split,
    endsWith: searching(text.endsWith),
    includes: searching(text.includes),
    indexOf: searching(text.indexOf),
    lastIndexOf: searching(text.lastIndexOf),
    startsWith: searching(text.startsWith),
    toLowerCase: copying(text.toLowerCase),
    toUpperCase: copying(text.toUpperCase),
  };

  // --- JSON and maps -------------------------------------------------------------------------------------------------

  /** Sixteen per character: `[],` creates a list. */
  const spendParsed = (source) => spend(source.length * 16);

  /** Counts the JSON of a value: a list that occurs twice is written twice. */
  function weigh(value) {
    if (typeof value === 'string') return spend(value.length * 2 + 4);
    spend(8);
    if (!isObject(value)) return undefined;
    if (isArray(value)) {
      spendList(value, 8);
      for (let index = 0; index < value.length; index += 1) weigh(value[index]);
      return undefined;
    }
    for (const name in value) {
      const member = value[name];
      if (name === 'toJSON' && typeof member === 'function') {
        throw new WrongType('toJSON is not supported in APPSYNC_JS');
      }
      weigh(member);
    }
    return undefined;
  }

  const counting = (method) => (map) => {
    const found = method(map);
    spend(found.length * 80);
    return found;
  };

  const maps = {
    entries: counting(entries),
    keys: counting(keys),
    values: counting(values),
    fromEntries: (pairs) => {
      if (isArray(pairs)) spend(pairs.length * 40);
      return fromEntries(pairs);
    },
    assign: (target, ...sources) => {
      for (let index = 0; index < sources.length; index += 1) spread(sources[index]);
      return assign(target, ...sources);
    },
  };

  return {
    begin,
    spend,
    step: spend,
    spread,
    grown,
    lists,
    texts,
    maps,
    flattened: (nested) => flattenInto([], nested, 1),
    replace,
    replaceAll,
    spendParsed,
    weigh,
    connect: (gated) => {
      outside = gated;
      begin();
    },
  };
});
