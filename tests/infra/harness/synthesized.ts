import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { itemsApp } from '../../../infra/items-app.ts';

export interface Synthesized {
  stack: Stack;
  template: Template;
  /** The cloud assembly on disk; removed after the tests of the file. */
  outdir: string;
}

const outdirs: string[] = [];

afterAll(() => outdirs.forEach((outdir) => rmSync(outdir, { recursive: true, force: true })));

/** The stack as `cdk synth -c key=value …` makes it, without validation. Takes 0.4 s; do it once per file and context. */
export function synthesize(context: Record<string, string> = {}): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'infra-'));
  outdirs.push(outdir);
  const app = itemsApp({ outdir, context, builtinCloudFormationValidation: false });
  const stack = app.node.findChild('Items') as Stack;
  return { stack, template: Template.fromStack(stack), outdir };
}
