import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FeatureFlags } from 'aws-cdk-lib';
import * as cxApi from 'aws-cdk-lib/cx-api';
import { expect, test } from 'vitest';
import { fromRoot } from '../../infra/paths.ts';
import { synthesize } from './harness/synthesized.ts';

const { context } = JSON.parse(readFileSync(fromRoot('cdk.json'), 'utf8')) as {
  context: Record<string, unknown>;
};
const recommended = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json') as Record<
  string,
  unknown
>;
/** Settings of the CLI. */
const OTHERS = ['cli-telemetry'];
const frozen = Object.keys(context).filter((key) => !OTHERS.includes(key));

test('the flags frozen in cdk.json are flags of this aws-cdk-lib', () => {
  expect(frozen.filter((flag) => !(flag in cxApi.FLAGS) && !(flag in recommended))).toEqual([]);
});

/** A new flag is a decision: `npx cdk flags` describes it. Add it to cdk.json when `npm run diff` shows nothing that matters, else as `false`. */
test('every flag that this aws-cdk-lib recommends is decided in cdk.json', () => {
  expect(Object.keys(recommended).filter((flag) => !(flag in context))).toEqual([]);
});

test('an app that the CDK CLI does not start has them too', () => {
  const { stack } = synthesize();

  expect(FeatureFlags.of(stack).isEnabled('@aws-cdk/core:checkSecretUsage')).toBe(true);
  expect(frozen.filter((flag) => stack.node.tryGetContext(flag) === undefined)).toEqual([]);
});
