import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { itemsApp } from '../../../infra/items-app.ts';
import { fromRoot } from '../../../infra/paths.ts';

export interface Synthesized {
  stack: Stack;
  template: Template;
  /** The cloud assembly on disk, below node_modules/.cache, where the next run replaces it. */
  outdir: string;
}

/** Every setting that adds something, in production. */
export const EVERYTHING: Readonly<Record<string, string>> = {
  stage: 'prod',
  alarmEmail: 'operator@example.com',
  budget: '50',
  waf: 'true',
  domain: 'api.example.com',
  certificate: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d',
  concurrency: '50',
  tableUnits: '5000',
  resolverMetrics: 'true',
};

const made = new Map<string, Synthesized>();

/**
 * The stack as `cdk synth -c key=value …` makes it, without validation. It takes 0.4 s, and is made once for all files that a
 * process runs: change nothing in it.
 */
export function synthesize(context: Readonly<Record<string, string>> = {}): Synthesized {
  const key = JSON.stringify(Object.entries(context).sort());
  const known = made.get(key);
  if (known) {
    return known;
  }
  const outdir = outdirOf(key);
  rmSync(outdir, { recursive: true, force: true });
  const app = itemsApp({ outdir, context: { ...context }, builtinCloudFormationValidation: false });
  const stack = app.node.findChild('Items') as Stack;
  const synthesized = { stack, template: Template.fromStack(stack), outdir };
  made.set(key, synthesized);
  return synthesized;
}

/** Processes of one run that need the same stack make it each in a folder of its own. */
function outdirOf(key: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return fromRoot(`node_modules/.cache/infra-tests/${process.env.VITEST_POOL_ID ?? '0'}-${name}`);
}
