import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { checkStacks } from '../../../deploy/check-stacks.ts';
import { readOptions } from '../../../deploy/options.ts';

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

const template = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

/** Whether a stack may be deployed that was protected against deletion, and what is told. */
async function check(terminationProtection: boolean, ...args: string[]) {
  const properties = { stackName: 'shop-prod', templateFile: 'template.json', terminationProtection };
  const manifest = { artifacts: { Items: { type: 'aws:cloudformation:stack', properties } } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  const print = vi.spyOn(console, 'error').mockReturnValue();
  try {
    const before = () => Promise.resolve({ template, isProtected: true });
    const isRight = await checkStacks(folder, readOptions('deploy', args), before);
    return { isRight, told: print.mock.calls.join('\n') };
  } finally {
    print.mockRestore();
  }
}

it('refuses to take the termination protection from a stack, until that is allowed', async () => {
  const { isRight, told } = await check(false);

  expect(isRight).toBe(false);
  expect(told).toContain(
    'protection:shop-prod\n    The stack shop-prod would lose its termination protection',
  );
  expect(await check(false, '--allow', 'protection:shop-prod')).toMatchObject({ isRight: true });
  expect(await check(true)).toMatchObject({ isRight: true });
});
