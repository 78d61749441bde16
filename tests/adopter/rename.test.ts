import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CALLED } from '../../scripts/rename/called.ts';
import { adopt } from './harness/adopt.ts';

/*
 * docs/renaming.md: the product and the type under other names.
 */

/** A plural that takes a rule, and a name that this project does not have already. */
const TYPE = CALLED.type === 'Entry' ? 'Story' : 'Entry';
const ENTRIES = TYPE === 'Entry' ? 'entries' : 'stories';

/** What speaks with the API in each of its ways, and what compares names. */
const TESTS = [
  'api/members.test',
  `infra/${ENTRIES}-data.test`,
  'unit/mirror.test',
  'unit/schema/model-agreement.test',
  'unit/functions/put-validated-',
  'unit/live-',
];

adopt('under other names, all is green', async ({ copy, does }) => {
  const printed = await does('rename', () =>
    copy.script('rename', ['--name', 'ledger-of-mine', '--type', TYPE, '--force']),
  );
  if (existsSync(join(copy.folder, 'packages', `live-${ENTRIES}`))) {
    copy.link(`live-${ENTRIES}`);
  }

  expect(printed).toContain(`model/${TYPE.toLowerCase()}.ts`);
  await does('codegen:check', () => copy.script('codegen:check'));
  await does('types', () => copy.script('typecheck'));
  await does('format', () =>
    copy.run(join(copy.folder, 'node_modules/.bin/oxfmt'), ['--check', 'infra', 'resolvers']),
  );
  await does('synth', () => copy.synth());
  await does('tests', () => copy.test(['api (memory)', 'infra', 'unit'], ...TESTS));
  await does('pages', () =>
    copy.test(['docs'], 'docs/pages.test', '--testNamePattern=every|fits the schema'),
  );
});
