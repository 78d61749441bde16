import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCodeStore } from '../../../src/lambda/function-code.ts';
import type { LambdaFunctionModel } from '../../../src/template/app-model.ts';
import { writeZip } from './harness/zip-file.ts';

const model = {
  functionName: 'count',
  code: { fileName: 'index.js', text: 'exports.handler = async () => 1;' },
} as LambdaFunctionModel;

function parentOf(...names: string[]): string {
  const parent = mkdtempSync(join(tmpdir(), 'code-store-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  for (const name of names) {
    mkdirSync(join(parent, name, 'count'), { recursive: true });
    writeFileSync(join(parent, name, 'count', 'index.js'), '');
  }
  return parent;
}

/** Of a process that has ended; its number is not given away again so soon. */
const endedPid = (): number => spawnSync(process.execPath, ['--version']).pid;

test('removes what a killed process left, and only that', async () => {
  const others = ['lambda-Ab12Cd', 'lambda-notes-of-mine', `lambda-${process.pid}--Ab12Cd`];
  const parent = parentOf(`lambda-${endedPid()}-4711-boot-Ab12Cd`, ...others);

  const store = await openCodeStore(parent);
  await store.remove();

  expect(readdirSync(parent).sort()).toEqual([...others].sort());
});

test('leaves the directory of another server that runs', async () => {
  const parent = parentOf();
  const first = await openCodeStore(parent);
  const taskRoot = await first.place(model);

  const second = await openCodeStore(parent);
  await second.remove();

  expect(readdirSync(taskRoot)).toEqual(['index.js']);
  await first.remove();
  expect(readdirSync(parent)).toEqual([]);
});

test('unpacks code and layers that are zip files, and places another file alone', async () => {
  const parent = parentOf();
  const given = parentOf();
  writeZip(join(given, 'code.zip'), [{ name: 'src/index.js', text: '' }]);
  writeZip(join(given, 'asset.layer'), [{ name: 'nodejs/node_modules/words/index.js', text: '' }]);
  writeFileSync(join(given, 'handler.py'), '');
  const store = await openCodeStore(parent);
  onTestFinished(() => store.remove());

  const zipped = { ...model, runtime: 'nodejs20.x', code: { archive: join(given, 'code.zip') } };
  const single = { ...zipped, functionName: 'single', code: { archive: join(given, 'handler.py') } };
  const [layer] = await store.placeLayers({ ...zipped, layers: [join(given, 'asset.layer')] });

  expect(readdirSync(await store.place(zipped))).toEqual(['src']);
  expect(readdirSync(await store.place(single))).toEqual(['handler.py']);
  expect(readdirSync(layer!)).toEqual(['nodejs']);
});
