import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { itemsApp } from '../../../infra/items-app.ts';
import { fromRoot } from '../../../infra/paths.ts';
import { FAULTS } from '../../../proof/faults/faults.ts';
import type { Template as FaultyTemplate } from '../../../proof/faults/template.ts';

export interface Synthesized {
  stack: Stack;
  template: Template;
  /** The cloud assembly on disk, below node_modules/.cache, where the next run replaces it. */
  outdir: string;
}

/** Set by `npm run faults`, which asks whether the tests notice a fault (docs/proof.md). */
const FAULT = process.env.PLANTED_FAULT ?? '';

function withPlantedFault(template: Template): Template {
  const fault = FAULTS[FAULT];
  if (!fault) {
    return template;
  }
  const faulty = structuredClone(template.toJSON()) as FaultyTemplate;
  fault.plant(faulty);
  return Template.fromJSON(faulty);
}

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
  const synthesized = { stack, template: withPlantedFault(Template.fromStack(stack)), outdir };
  made.set(key, synthesized);
  return synthesized;
}

/** Processes of one run that need the same stack make it each in a folder of its own. */
function outdirOf(key: string): string {
  const name = createHash('sha256').update(`${key}${FAULT}`).digest('hex').slice(0, 8);
  return fromRoot(`node_modules/.cache/infra-tests/${process.env.VITEST_POOL_ID ?? '0'}-${name}`);
}
