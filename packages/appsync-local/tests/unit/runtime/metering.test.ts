import { describe, expect, it } from 'vitest';
import { createRuntime } from '../../../src/runtime/runtime.ts';
import type { Evaluation } from '../../../src/runtime/runtime.types.ts';
import { contextInit, unit } from './harness/evaluate.ts';

/** A hundredth of what a handler has in a server, so that the tests are quick. */
const hasty = createRuntime({ allowance: 10_000_000 });
const usual = createRuntime();

function evaluate(body: string, args: Record<string, unknown> = {}, runtime = hasty): Evaluation {
  const module = runtime.load({ logicalId: 'Code', title: 'resolver Query.getItem', text: unit(body) });
  return module.request(runtime.createContext(contextInit({ arguments: args })));
}

/** A thousand texts of three digits. */
const LIST = `const list = []; for (const a of '0123456789') for (const b of '0123456789') for (const c of '0123456789') list.push(a + b + c);`;

/** A list of two lists, which are the same list of two lists, and so on for sixty levels. */
const SHARED = `let shared = [1]; for (const x of 'x'.concat('012345678901234567890123456789012345678901234567890123456789')) { shared = [shared, shared]; }`;

const ENDED = /^code\.js:\d+:\d+: The handler was ended: it had done more than 10 million steps of work/;
const TOO_LONG = /^code\.js:\d+:\d+: A text would have more than 10000000 characters$/;

describe('a handler that does not come to an end', () => {
  it.each([
    [
      'loops within loops',
      `${LIST} for (const a of list) for (const b of list) for (const c of list) ctx.stash.a = a;`,
    ],
    [
      'loops over members',
      `const map = {}; ${LIST} for (const a of list) { map[a] = a; } for (const a in map) for (const b in map) for (const c in map) ctx.stash.a = c;`,
    ],
    ['callbacks within callbacks', `${LIST} return list.map((a) => list.map((b) => list.map((c) => c)));`],
    [
      'a callback with a body',
      `${LIST} list.forEach((a) => { list.forEach((b) => { list.forEach((c) => { ctx.stash.a = c; }); }); });`,
    ],
    [
      'functions that call the next one twice',
      `const f0 = () => 1; ${Array.from({ length: 40 }, (_, index) => `const f${index + 1} = () => { f${index}(); f${index}(); };`).join(' ')} f40();`,
    ],
    [
      'a function in an object',
      `const o = { f: () => 1 }; ${LIST} for (const a of list) for (const b of list) for (const c of list) o.f();`,
    ],
    ['lists that double with concat', `let a = [1]; ${LIST} for (const x of list) a = a.concat(a);`],
    ['lists that double with spread', `let a = [1]; ${LIST} for (const x of list) a = [...a, ...a];`],
    [
      'lists that double with flatMap',
      `let a = [1]; ${LIST} for (const x of list) a = a.flatMap((one) => [one, one]).concat(a);`,
    ],
    [
      'rests of a list',
      `${LIST} const long = list.concat(list, list, list, list); const kept = []; for (const a of list) { const [first, ...rest] = long; kept.push(rest); }`,
    ],
    [
      'maps that grow',
      `let map = {}; ${LIST} for (const a of list) for (const b of list) map = { ...map, [a + b]: 1 };`,
    ],
    [
      'members that are listed',
      `const map = {}; ${LIST} for (const a of list) { map[a] = 1; } for (const a of list) { ctx.stash.a = Object.entries(map); }`,
    ],
    [
      'texts that are kept',
      `let text = 'x'; for (const x of '01234567890123456') { text += text; } ${LIST} const kept = []; for (const x of list) { kept.push(text + x); }`,
    ],
    [
      'texts that are split',
      `let text = 'x'; for (const x of '01234567890123456') { text += text; } ${LIST} for (const x of list) { ctx.stash.a = text.split('').length; }`,
    ],
    [
      'JSON that is parsed',
      `let text = '['; for (const x of '012345678901') { text += text; } ${LIST} for (const x of list) { ctx.stash.a = JSON.parse(text); }`,
    ],
    ['JSON of lists that share lists', `${SHARED} return JSON.stringify(shared).length;`],
    ['lists that share lists, flattened', `${SHARED} return shared.flat(100).length;`],
    ['lists that share lists, as text', `${SHARED} return \`\${shared}\`.length;`],
    ['lists that share lists, sorted', `${SHARED} return [shared, shared].sort().length;`],
    ['lists that share lists, typed', `${SHARED} return util.dynamodb.toDynamoDB(shared);`],
    ['a list of four thousand million holes', `const a = []; a[4000000000] = 1; return a.indexOf(2);`],
    [
      'a long text within a long text',
      `let text = 'a'; for (const x of '01234567890123456') { text += text; } return (text + 'x').indexOf('b' + text.slice(0, 60000));`,
    ],
    [
      'helpers that are called again and again',
      `${LIST} for (const a of list) for (const b of list) util.autoId();`,
    ],
    [
      'lengths that are made up',
      `${LIST} const o = { concat: [].concat, length: -1e15 }; o.concat(); for (const a of list) for (const b of list) for (const c of list) ctx.stash.a = c;`,
    ],
  ])('ends with an error where it is: %s', (_what, body) => {
    const evaluation = evaluate(body);

    expect(evaluation).toMatchObject({
      kind: 'raised',
      error: { errorType: 'Code', message: expect.stringMatching(ENDED) },
    });
  });

  // None takes more than the allowance by the number of its elements.
  it.each([
    'a.fill(0);',
    'a.reverse();',
    'a.lastIndexOf(1);',
    'a.unshift(1);',
    'a.shift();',
    'a.slice();',
    'a.splice(0, 0, 1);',
  ])('ends at once where a list has forty million holes: %s', (use) => {
    const evaluation = evaluate(`const a = [1]; a.length = 40000000; ${use}`, {}, usual);

    expect(evaluation).toMatchObject({
      kind: 'raised',
      error: {
        message: expect.stringMatching(/: The handler was ended: it had done more than 1000 million steps/),
      },
    });
  });

  it.each([
    ['+=', `let text = 'xy'; ${'text += text; '.repeat(30)}`],
    ['+', `let text = 'xy'; ${'text = text + text; '.repeat(30)}`],
    ['a template', `let text = 'xy'; ${'text = `${text}${text}`; '.repeat(30)}`],
    ['concat', `let text = 'xy'; ${'text = text.concat(text); '.repeat(30)}`],
    ['join', `let text = 'xy'; ${'text = [text, text].join(text); '.repeat(30)}`],
    ['replaceAll', `let text = 'xy'; ${"text = text.replaceAll('x', text); ".repeat(30)}`],
    [
      'what a replacement refers to',
      `let text = 'xy'; ${"text = text.replace('x', '$&$`$\\''); text += text; ".repeat(30)}`,
    ],
    ['a pattern', `let text = 'xy'; ${"text = text.replaceAll('[xy]', text); ".repeat(30)}`],
  ])('ends where a text becomes too long by %s', (_what, body) => {
    const evaluation = evaluate(body, {}, usual);

    expect(evaluation).toMatchObject({
      kind: 'raised',
      error: { errorType: 'Code', message: expect.stringMatching(TOO_LONG) },
    });
  });

  it.each([
    ['returned', `${SHARED} return shared;`, 'Transformation too large'],
    ['of holes', 'const a = []; a[4000000000] = 1; return a;', 'Transformation too large'],
    ['logged', `${SHARED} console.log(shared);`, /The value is larger than 6 MB$/],
    ['handed to a helper', `${SHARED} util.dynamodb.toList(shared);`, /The value is larger than 6 MB$/],
    [
      'multiplied out',
      `const or = []; for (const x of '0123456789') { or.push({ a: { eq: x } }); } return util.transform.toSubscriptionFilter({ and: [{ or }, { or }, { or }, { or }, { or }, { or }, { or }, { or }] });`,
      /comes to more than 1000 groups$/,
    ],
  ])('is not copied without end: %s', (_what, body, message) => {
    const evaluation = evaluate(body);

    expect(evaluation).toMatchObject({
      kind: 'raised',
      error: { message: typeof message === 'string' ? message : expect.stringMatching(message) },
    });
  });

  it('leaves the next one its whole allowance', () => {
    const half = `let n = 0; ${LIST} for (const a of list) for (const b of list.slice(0, 50)) { n += 1; } return n;`;

    expect([1, 2, 3, 4, 5, 6].map(() => evaluate(half))).toEqual(
      Array(6).fill({ kind: 'returned', value: 50_000 }),
    );
  });
});

describe('a regular expression', () => {
  const text = 'a'.repeat(60);

  it.each([
    ['util.matches', "util.matches('(a+)+b', ctx.args.text)"],
    ['alternatives', "util.matches('(a|a)*b', ctx.args.text)"],
    ['parts that may be left out', `util.matches('${'a?'.repeat(40)}${'a'.repeat(40)}b', ctx.args.text)`],
    ['a reference', "util.matches('(a*)*\\\\1b', ctx.args.text)"],
    ['replace', "ctx.args.text.replace('(a+)+b', 'x')"],
    ['replaceAll', "ctx.args.text.replaceAll('(.*a){25}b', 'x')"],
  ])('that tries too many ways ends with an error: %s', (_what, expression) => {
    const evaluation = evaluate(`return ${expression};`, { text }, usual);

    expect(evaluation).toMatchObject({
      kind: 'raised',
      error: {
        errorType: 'Code',
        message: expect.stringMatching(
          /^code\.js:4:\d+: The regular expression ".*" takes too long on a text of 60/,
        ),
      },
    });
  });

  it.each([
    ['(a+)+', true],
    ['(a|b)*', true],
    ['(?:[a-z]+\\\\.)*[a-z]+', true],
    ['[a-z]{2,70}', true],
    ['(a*)*b', false],
  ])('that may try many ways is answered all the same: %s', (pattern, expected) => {
    const evaluation = evaluate(
      `return util.matches('${pattern}', ctx.args.text);`,
      { text: expected ? text : 'aaaa' },
      usual,
    );

    expect(evaluation).toEqual({ kind: 'returned', value: expected });
  });
});

it.each([
  ['with text', "'a' + 1 + `b${2}`", 'a1b2'],
  ['in callbacks that return objects', '[1, 2].map((a) => ({ a }))', [{ a: 1 }, { a: 2 }]],
  ['in callbacks with sequences', '[1].map((a) => (a, [a]))', [[1]]],
  [
    'with spread',
    '[...[1], ..."ab", ...[[2]].flat()].concat(Object.keys({ ...{ c: 1 }, ...null }))',
    [1, 'a', 'b', 2, 'c'],
  ],
  [
    'with rests',
    '(() => { let [a, ...b] = [1, 2, 3]; let c; [c, ...b] = [4, 5]; const { d, ...e } = { d: 6, f: 7 }; return [a, b, c, d, e]; })()',
    [1, [5], 4, 6, { f: 7 }],
  ],
  [
    'with loops without braces',
    '(() => { let n = 0; for (const a of [1, 2]) for (const b in { x: 1 }) if (b) n += a; return n; })()',
    3,
  ],
  [
    'with lists',
    '[[3, 1, 2].sort(), [1, [2, [3]]].flat(), [1, [2, [3]]].flat(5), [1, 2].join(), [1, [2, null]].join("-"), [1, 2, 3].splice(1), [1, 2, 1].lastIndexOf(1), [1, 2].fill(0, 1), [2].includes(2), [1, 2].reverse(), [1].unshift(0)]',
    [[1, 2, 3], [1, 2, [3]], [1, 2, 3], '1,2', '1-2,', [2, 3], 2, [1, 0], true, [2, 1], 2],
  ],
  [
    'with texts',
    "['a,b'.split(','), 'abc'.split(''), 'a'.split(), 'abab'.lastIndexOf('a'), 'a'.concat(1, null), 'aXa'.replace('X', '[$&]'), 'aa'.replaceAll('a', 'b'), 'aa'.replaceAll('', '-'), 'Ab'.toUpperCase(), 'undefined'.includes()]",
    [['a', 'b'], ['a', 'b', 'c'], ['a'], 2, 'a1null', 'a[X]a', 'bb', '-a-a-', 'AB', true],
  ],
  ['with JSON', 'JSON.parse(JSON.stringify({ a: [1, null, "b"] }))', { a: [1, null, 'b'] }],
  ['with a list that holds itself', '(() => { const a = [1]; a.push(a); return a.join(); })()', '1,'],
])('counting changes nothing: %s', (_what, expression, expected) => {
  expect(evaluate(`return ${expression};`)).toEqual({ kind: 'returned', value: expected });
});

it.each([
  ['a text put together', 'const a=ctx.args.a;return`${a}-${a}`', { a: 'x' }, 'x-x'],
  ['a choice', 'return[ctx.args.a][0]??(ctx.args.b)', { b: 2 }, 2],
  ['a comparison', 'const a=ctx.args.a;return[a][0]===null', {}, true],
  ['the type of an expression', 'return typeof[ctx.args.a][0]', { a: 'x' }, 'string'],
  ['a list of copies', 'for(const x of[...ctx.args.a])if(x)return[...ctx.args.a]', { a: [1] }, [1]],
])('runs minified code: %s', (_what, body, args, value) => {
  expect(evaluate(body, args, usual)).toMatchObject({ kind: 'returned', value });
});
