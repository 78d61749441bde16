import { expect, it } from 'vitest';
import { checkDestroyTerminal, checkTerminal } from '../../../deploy/terminal.ts';

it('a deployment asks on the terminal, or has its answer beforehand', () => {
  expect(() => checkTerminal(['Items'], false)).toThrow('pass --require-approval never');
  checkTerminal(['Items'], true);
  for (const answered of [['--require-approval', 'never'], ['--require-approval=never'], ['--yes']]) {
    checkTerminal(answered, false);
  }
});

it('--force answers whether to delete, and not whether new permissions are meant', () => {
  checkDestroyTerminal(['--force'], false);
  checkDestroyTerminal([], true);
  expect(() => checkDestroyTerminal([], false)).toThrow('pass --force');
  expect(() => checkTerminal(['--force'], false)).toThrow('pass --require-approval never');
});
