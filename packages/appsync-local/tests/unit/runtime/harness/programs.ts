import type { Random } from '../../../harness/random.ts';

const ROOTS = [
  'ctx', 'ctx.info', 'ctx.args', 'ctx.request', 'ctx.result', 'util', 'util.dynamodb', 'util.http', 'util.time',
  'util.transform', 'util.xml', 'util.error', 'util.matches', 'extensions', 'runtime', 'runtime.earlyReturn', 'ddb', 'rds',
  'rds.sql', 'console', 'console.log', 'JSON', 'JSON.stringify', 'Object.entries', 'Object.assign', 'Array', 'Math',
  '{}', '[]', '[[1], {}]', "'a.b'", '1', 'null', 'undefined', '(() => 1)', '(function () { return [this, arguments]; })',
  '(async () => 1)', '(function* () { yield 1; })', '(class { static a = 1; })', '/a/', 'globalThis',
]; // oxfmt-ignore

const KEYS = [
  'constructor', 'prototype', '__proto__', 'caller', 'callee', 'arguments', 'apply', 'call', 'bind', 'toString', 'valueOf',
  'toJSON', 'then', 'next', 'return', 'name', 'message', 'stack', 'cause', 'length', 'raw', 'map', 'sort', 'concat', 'flat',
  'replace', 'replaceAll', 'split', 'prepareStackTrace', 'captureStackTrace', 'stackTraceLimit', 'args', 'stash', 'a', '0',
  'error', 'appendError', 'toDynamoDB', 'toMapValues', 'setSubscriptionFilter', 'addResponseHeaders', 'sql', 'select', 'put',
]; // oxfmt-ignore

/** A program that takes, calls, makes and throws whatever it meets, and puts all of it into \`ctx.stash.found\`. */
export function program(random: Random): string {
  const pick = random.oneOf;
  let variables = 0;
  const value = (): string =>
    variables > 0 && random.chance(0.7) ? `v${random.below(variables)}` : pick(ROOTS);
  const given = (): string => Array.from({ length: random.below(4) }, argument).join(', ');
  const argument = (): string => pick([value, value, trap, () => `...[${value()}]`])();
  const trap = (): string =>
    `{ ${pick(KEYS)}: (...given) => keep(given), get ${pick(KEYS)}() { return keep(${value()}); }, [${value()}]: ${value()} }`;
  const expressions: (() => string)[] = [
    () => `${value()}?.${pick(KEYS.slice(0, -1))}`.replace('?.0', '?.[0]'),
    () => `${value()}?.['${pick(KEYS)}']`,
    () => `${value()}(${given()})`,
    () => `${value()}['${pick(KEYS)}'](${given()})`,
    () => `new (${value()})(${given()})`,
    () => `${value()}\`a\${${value()}}\``,
    () => `[...${value()}, ${value()}]`,
    () => `({ ...${value()}, ...${trap()} })`,
    () => `[${value()}, ${value()}].map((...all) => keep(all))`,
    () => `(${value()}['${pick(KEYS)}'] = ${pick([value, trap])()})`,
    () => `\`\${${value()}}\``,
    () => `${value()} + ${value()}`,
    () => `(() => { for (const one of ${value()}) keep(one); })()`,
    () => `(() => { for (const name in ${value()}) keep(name); })()`,
    () => `(({ ${pick(KEYS.slice(0, -10))}: taken, ...rest }) => keep([taken, rest]))(${value()})`,
    () => `(() => { throw ${value()}; })()`,
  ];
  /** Rarely, as it takes long. */
  const deep = (): string =>
    `(() => { const deeper = () => { try { return [${value()}(${given()}), deeper()]; } catch (thrown) { return keep(thrown); } }; return deeper(); })()`;
  const statements = Array.from({ length: 8 }, () => {
    const statement = `let v${variables}; try { v${variables} = keep(${(random.chance(0.01) ? deep : pick(expressions))()}); } catch (thrown) { v${variables} = keep(thrown); }`;
    variables += 1;
    return statement;
  });
  return `const found = ctx.stash.found = []; const keep = (one) => { if (found.length < 100) found.push(one); return one; };\n${statements.join('\n')}\nreturn ${value()};`;
}
