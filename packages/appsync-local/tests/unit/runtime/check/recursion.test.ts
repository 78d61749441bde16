import { expect, it } from 'vitest';
import { problemsIn } from './harness/problems.ts';

const cycle = (path: string) =>
  `@aws-appsync/no-recursion: Recursive function calls not supported. Detected cycle in ${path}`;

it('refuses a function that calls itself', () => {
  const problems = problemsIn('function f(n) { return n ? f(n - 1) : 0; } return f(3);');

  expect(problems).toEqual([cycle('f <-f')]);
});

it('refuses functions that call each other, at every call of the cycle', () => {
  const problems = problemsIn('const a = () => b(); const b = () => c(); const c = () => a(); return a();');

  expect(problems).toEqual([cycle('a <-b <-c <-a'), cycle('b <-c <-a <-b'), cycle('c <-a <-b <-c')]);
});

it('refuses recursion through a callback', () => {
  const problems = problemsIn(
    'const walk = (node) => node.children.map((child) => walk(child)); return walk(ctx.args);',
  );

  expect(problems).toEqual([cycle('walk <-walk')]);
});

it('takes calls that come to an end', () => {
  const problems = problemsIn(
    'const a = () => 1; const b = () => a() + a(); const c = () => a() + b(); return c();',
  );

  expect(problems).toEqual([]);
});

it('takes a local name that hides a function', () => {
  const problems = problemsIn('const f = (g) => { const h = (f) => f.x; return h(g); }; return f(ctx);');

  expect(problems).toEqual([]);
});
