import { expect, it } from 'vitest';
import { mapFromWire, type WireMap } from '../../../src/data-sources/dynamodb/typed-values.ts';
import { createRuntime } from '../../../src/runtime/runtime.ts';
import { contextInit, unit } from './harness/evaluate.ts';

const EVERY_TYPE: WireMap = {
  s: { S: 'text' },
  n: { N: '1.5' },
  b: { B: 'AAE=' },
  yes: { BOOL: true },
  none: { NULL: true },
  ss: { SS: ['a', 'b'] },
  ns: { NS: ['1', '2'] },
  bs: { BS: ['AAE='] },
  l: { L: [{ S: 'x' }, { M: { deep: { L: [{ L: [] }] } } }] },
  m: { M: { toString: { S: 'own' }, constructor: { N: '1' }, ['__proto__']: { S: 'own' } } },
};

/** What `response` makes of a result. */
function respond(
  result: (containers: ReturnType<typeof createRuntime>['containers']) => unknown,
  code: string,
) {
  const runtime = createRuntime();
  const module = runtime.load({
    logicalId: 'Code',
    title: 'resolver Query.getItem',
    text: unit('').replace('return ctx.result;', code),
  });
  const context = runtime.createContext(contextInit());
  context.setOutcome(result(runtime.containers), null);
  return module.response(context);
}

it('hands over a map of its own as it is', () => {
  let item: Record<string, unknown> = {};
  const evaluation = respond(
    (containers) => (item = mapFromWire(EVERY_TYPE, containers)),
    'ctx.result.added = 1; return ctx.result;',
  );

  expect(evaluation).toStrictEqual({ kind: 'returned', value: { ...mapFromWire(EVERY_TYPE), added: 1 } });
  expect(item['added']).toBe(1);
});

it.each([
  ['an item', () => mapFromWire(EVERY_TYPE)],
  [
    'a page of its own items',
    (containers) => ({ items: [mapFromWire(EVERY_TYPE, containers)], nextToken: null }),
  ],
  ['a list of its own', ({ list }) => list()],
] as [string, Parameters<typeof respond>[0]][])('copies %s', (_what, result) => {
  let given: unknown;
  const evaluation = respond(
    (containers) => (given = result(containers)),
    'ctx.result.added = 1; return ctx.result;',
  );

  expect(evaluation.kind).toBe('returned');
  expect(given).not.toHaveProperty('added');
});

it('has lists that are held to its rules in items of its own', () => {
  const methods = 'typeof list.with + list.concat(TWO_THOUSAND).map((one) => one).length';
  const evaluation = respond(
    (containers) =>
      mapFromWire(
        { ...EVERY_TYPE, many: { L: Array.from({ length: 2000 }, () => ({ N: '1' })) } },
        containers,
      ),
    `const { ss, ns, bs, l, many } = ctx.result; return [ss, ns, bs, l, l[1].deep, l[1].deep[0]].map((list) => ${methods.replace('TWO_THOUSAND', 'many')});`,
  );

  expect(evaluation).toEqual({ kind: 'returned', value: Array(6).fill('undefined1000') });
});
