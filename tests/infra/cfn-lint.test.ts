import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lint } from '../../proof/cfn-lint.ts';
import { EVERYTHING } from '../../proof/everything.ts';
import { advice, CFN_LINT, find, isRelease } from '../../proof/python-program.ts';
import kept from '../../proof/regions.json' with { type: 'json' };
import { lackingIn, lintEverywhere } from '../../proof/regions.ts';
import { synthesize } from './harness/synthesized.ts';

/* cfn-lint knows CloudFormation's own schemas, and which region has what. */

const program = find(CFN_LINT);
if (program === undefined) {
  console.warn(`The template is not checked by cfn-lint: ${advice(CFN_LINT)}`);
}

const templateOf = (context: Readonly<Record<string, string>>): string =>
  join(synthesize(context).outdir, 'Items.template.json');

test.skipIf(program === undefined).each([
  ['dev', {}],
  ['prod', { stage: 'prod' }],
  ['prod with everything', EVERYTHING],
])('%s has no finding', (_, context) => {
  expect(lint(program!, templateOf(context))).toEqual([]);
});

test.skipIf(program === undefined || !isRelease(program, CFN_LINT))(
  'every region has what the page of regions says, and nothing else is wrong in any',
  () => {
    const findings = lintEverywhere(program!, templateOf(EVERYTHING));

    expect(findings.filter(({ rule }) => rule !== 'E3006')).toEqual([]);
    expect(lackingIn(program!, findings)).toEqual(kept.lacking);
  },
);
