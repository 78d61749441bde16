import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { CheckThread } from '../../../../../src/runtime/check/types/check-thread.ts';
import { typeCheck } from '../../../../../src/runtime/check/types/type-check.ts';
import * as typescript from '../../../../../src/runtime/check/types/typescript.ts';

const root = join(import.meta.dirname, '../../../../../../..');
const bundle = execFileSync(process.execPath, [join(root, 'packages/appsync-local/build/bundle.mjs')], {
  encoding: 'utf8',
}).trim();

function thread(folder: string): CheckThread {
  const opened = new CheckThread(folder);
  onTestFinished(() => opened.close());
  return opened;
}

const unit = (name: string): string =>
  `export const request = () => util.${name};\nexport const response = () => null;\n`;
const names = ['autoId', 'nothing', 'autoUlid', 'none'];

test('what it finds is at hand, and the same as here', async () => {
  const load = vi.spyOn(typescript, 'loadTypeScript');
  const texts = names.map((name) => `${unit(name)}// in a thread\n`);

  await thread(bundle).check(texts);

  const found = texts.map(typeCheck);
  expect(load).not.toHaveBeenCalled();
  expect(found).toEqual(names.map((name) => typeCheck(`${unit(name)}// here\n`)));
  expect(found.map(({ types }) => types.length)).toEqual([0, 1, 0, 1]);
});

test('a thread that cannot run leaves the check to whoever asks', async () => {
  const text = `${unit('nothing')}// nowhere\n`;

  await thread(join(root, 'no-such-bundle')).check([text]);

  expect(typeCheck(text).types).toHaveLength(1);
});

test('a thread that was closed leaves it as well', async () => {
  const closed = thread(bundle);
  closed.close();
  // By then it has ended.
  await new Promise((resolve) => setTimeout(resolve, 100));

  await closed.check([unit('none')]);

  expect(typeCheck(unit('none')).types).toHaveLength(1);
});
