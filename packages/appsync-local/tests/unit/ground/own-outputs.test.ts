import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownOutputs } from '../../../src/ground/own-outputs.ts';
import { temporaryDirectory, writeText } from '../template/harness/written-assembly.ts';

test('tells the file that is printed to from others, and from one that is gone', () => {
  const directory = temporaryDirectory();
  writeText(directory, 'other.log', '');
  const output = openSync(join(directory, 'dev.log'), 'w');
  onTestFinished(() => closeSync(output));

  const isOutput = ownOutputs([output]);

  expect(['dev.log', 'other.log', 'gone.log'].map((name) => isOutput(join(directory, name)))).toEqual([
    true,
    false,
    false,
  ]);
});
