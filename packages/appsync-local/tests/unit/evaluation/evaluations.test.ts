import { afterEach, expect, it } from 'vitest';
import { openEvaluations } from '../../../src/evaluation/evaluations.ts';
import type { Evaluations, EvaluationsOptions } from '../../../src/evaluation/evaluations.ts';

const opened: Evaluations[] = [];
afterEach(() => opened.splice(0).forEach((evaluations) => evaluations.close()));

function open(options?: EvaluationsOptions): Evaluations {
  const evaluations = openEvaluations(options);
  opened.push(evaluations);
  return evaluations;
}

const unit = (body: string): string =>
  `import { util } from '@aws-appsync/utils';\nexport function request(ctx) {\n${body}\n}\nexport const response = () => null;\n`;

/** Compares long texts, which is not counted as work: ended after five seconds by the clock alone. */
const LONG = unit(`
  let text = 'ab';
  ${'text += text; '.repeat(20)}
  const other = text + 'c';
  const another = text + 'd';
  const list = [];
  for (const a of '0123456789') for (const b of '0123456789') for (const c of '0123456789') list.push(a + b + c);
  let same = 0;
  for (const a of list) for (const b of list) same += other === another ? 1 : 0;
  return same;`);

/** Some hundred megabytes. */
const LARGE = unit(`
  const list = [];
  for (const a of '0123456789') for (const b of '0123456789') for (const c of '0123456789') list.push(a + b + c);
  const kept = [];
  for (const a of list) for (const b of list) kept.push([a, b, { a, b }]);
  return kept.length;`);

it('evaluates handlers, one process for all of them', async () => {
  const evaluations = open();

  const first = await evaluations.evaluate(unit('ctx.stash.a = 1; return ctx.args.id;'), 'request', {
    arguments: { id: 'x' },
  });
  const more = await Promise.all(
    [1, 2, 3].map((id) => evaluations.evaluate(unit(`return ${id};`), 'request', {})),
  );

  expect(first).toMatchObject({ evaluation: { kind: 'returned', value: 'x' }, stash: { a: 1 } });
  expect(more.map(({ evaluation }) => evaluation)).toEqual(
    [1, 2, 3].map((value) => ({ kind: 'returned', value })),
  );
});

it('throws for code that AppSync would refuse', async () => {
  const refused = open().evaluate('export const request = 1;', 'request', {});

  await expect(refused).rejects.toMatchObject({
    name: 'CodeRefused',
    problems: [{ errorType: 'LINT_ERROR' }],
  });
});

it('ends what takes too long, and evaluates what waited behind it', async () => {
  const evaluations = open({ limitMs: 3000 });

  const long = evaluations.evaluate(LONG, 'request', {});
  const waiting = evaluations.evaluate(unit('return 1;'), 'request', {});

  await expect(long).rejects.toMatchObject({ name: 'EvaluationStopped', message: 'Execution timed out.' });
  await expect(waiting).resolves.toMatchObject({ evaluation: { kind: 'returned', value: 1 } });
});

it('ends what takes too much memory, and evaluates what comes after it', async () => {
  const evaluations = open({ memoryMb: 40 });

  const large = evaluations.evaluate(LARGE, 'request', {});

  await expect(large).rejects.toMatchObject({
    name: 'EvaluationStopped',
    message: 'The evaluation ran out of memory.',
  });
  const next = await evaluations.evaluate(unit('return 1;'), 'request', {});
  expect(next.evaluation).toEqual({ kind: 'returned', value: 1 });
});
