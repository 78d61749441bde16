import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import { program } from '../../../../packages/appsync-local/tests/unit/runtime/harness/programs.ts';
import { hostileJson } from '../../hostile/json-texts.ts';
import { hostileText } from '../../hostile/texts.ts';

const IMPORT = `import { util, extensions, runtime } from '@aws-appsync/utils';\n`;
const RESPONSE = '\nexport function response(ctx) { return ctx.result; }\n';

/** Ways to what belongs to the process: each tries to answer the secret that its environment holds. */
const TAKE = [
  'return process.getBuiltinModule("node:process").env',
  'return process.env',
  'return process.mainModule.require("fs").readFileSync("/proc/self/environ", "utf8")',
  'return globalThis.process.env',
];
const ROOTS = [
  '(() => 1)', '[]', "''", '1', 'ctx', 'ctx.info', 'util', 'util.error', 'util.dynamodb.toDynamoDB', 'JSON.stringify', 'console.log',
  'extensions', 'runtime', 'runtime.earlyReturn', 'h\\u006fst$modules', 'host$take', '(async () => 1)', '(function* () { yield 1; })',
]; // oxfmt-ignore

/** Programs that would never end, or would take all memory. */
const RUNAWAYS = [
  'util.matches("(a+)+b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"); return 1;',
  'const text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"; return text.replace("^(a|aa)+$", "b");',
  'const list = [1]; for (const one of list) list.push(one, one); return list.length;',
  'let text = "a"; for (const one of "0123456789".repeat(100)) text += text; return text.length;',
  'const digits = "0123456789"; let n = 0; for (const a of digits) for (const b of digits) for (const c of digits) for (const d of digits) for (const e of digits) for (const f of digits) for (const g of digits) n += 1; return n;',
  'const deeper = (n) => deeper(n + 1) + 1; return deeper(0);',
  'let value = {}; for (const one of "0".repeat(900)) value = { value, again: value }; return JSON.stringify(value).length;',
  'while (true) {}',
  'for (;;) {}',
  'return "a".repeat(2147483647);',
  'return [1, 2, 3].sort(() => ctx.stash.missing.more);',
];

/** A request to EvaluateCode. */
export interface EvaluateRequest {
  kind: 'an escape' | 'a runaway' | 'a generated program' | 'a broken request';
  path: string;
  body: string;
}

/** Runaways are rare: each takes its seconds. */
export function hostileCode(random: Random): EvaluateRequest {
  const kind = random.next();
  if (kind < 0.03) {
    return evaluation('a runaway', handler(random.oneOf(RUNAWAYS)));
  }
  if (kind < 0.4) {
    return evaluation('an escape', escape(random));
  }
  if (kind < 0.75) {
    return evaluation('a generated program', handler(program(random)));
  }
  return broken(random);
}

const handler = (body: string): string => `${IMPORT}export function request(ctx) {\n${body}\n}${RESPONSE}`;

function escape(random: Random): string {
  const reached = `${random.oneOf(ROOTS)}${random.oneOf(['.constructor', "['constructor']", '[`constructor`]', "['con' + 'structor']"])}`;
  const call = `${reached}.constructor(${JSON.stringify(random.oneOf(TAKE))})()`;
  const body = random.oneOf([
    `return ${call};`,
    `const f = (a = ${call}) => a; return f();`,
    `let m; switch (m = ${call}) { default: let x; } return m;`,
    `const { constructor: { constructor: make } } = ${random.oneOf(ROOTS)}; return make(${JSON.stringify(random.oneOf(TAKE))})();`,
    `try { null.x; } catch (thrown) { return thrown.constructor.constructor(${JSON.stringify(random.oneOf(TAKE))})(); }`,
    `return [1].map.constructor(${JSON.stringify(random.oneOf(TAKE))})();`,
    `util.error('a', 'b', ${call});`,
    `return import('node:process');`,
    `return eval(${JSON.stringify(random.oneOf(TAKE).replace('return ', ''))});`,
    `return new Function(${JSON.stringify(random.oneOf(TAKE))})();`,
  ]);
  const before = random.oneOf([
    '',
    '',
    "import fs from 'node:fs';\n",
    "export * from 'node:process';\n",
    `const early = ${call};\n`,
  ]);
  return `${before}${handler(body)}`;
}

const evaluation = (
  kind: EvaluateRequest['kind'],
  code: string,
  context: unknown = '{}',
): EvaluateRequest => ({
  kind,
  path: '/v1/dataplane-evaluatecode',
  body: JSON.stringify({
    runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
    function: 'request',
    code,
    context,
  }),
});

function broken(random: Random): EvaluateRequest {
  const code = random.oneOf<unknown>([handler('return ctx.args;'), hostileText(random), '', null, 5, {}]);
  const context = random.oneOf<unknown>([
    hostileJson(random),
    '{}',
    '',
    null,
    {},
    '{"arguments":[]}',
    '{"identity":5,"info":null,"prev":"a"}',
  ]);
  const template = {
    template: hostileText(random).concat('$util.toJson($ctx) #foreach($a in [1..99999999]) #end'),
    context,
  };
  const body = random.oneOf<unknown>([
    {
      runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
      function: random.oneOf(['request', 'response', 'constructor', '', null]),
      code,
      context,
    },
    {
      runtime: random.oneOf([null, 'a', {}, { name: 'APPSYNC_JS', runtimeVersion: '9' }]),
      function: 'request',
      code,
      context,
    },
    template,
    [],
    null,
  ]);
  return {
    kind: 'a broken request',
    path: random.chance(0.8) ? '/v1/dataplane-evaluatecode' : '/v1/dataplane-evaluatetemplate',
    body: random.chance(0.1) ? hostileText(random) : JSON.stringify(body),
  };
}
