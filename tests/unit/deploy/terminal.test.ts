import { expect, it } from 'vitest';
import { checkTerminal } from '../../../deploy/terminal.ts';

it('a deployment asks on the terminal, or has its answer beforehand', () => {
  expect(() => checkTerminal(['Items'], false)).toThrow('pass --require-approval never');
  checkTerminal(['Items'], true);
  for (const answered of [['--require-approval', 'never'], ['--require-approval=never'], ['--yes']]) {
    checkTerminal(answered, false);
  }
});
