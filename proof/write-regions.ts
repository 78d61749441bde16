import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itemsApp } from '../infra/items-app.ts';
import { formatted } from '../schema/formatted.ts';
import { EVERYTHING } from './everything.ts';
import { advice, CFN_LINT, find } from './python-program.ts';
import { lackingIn, lintEverywhere } from './regions.ts';

/* Asks cfn-lint's data in which regions AWS has all that the template uses. docs/regions.md prints what is written here. */

const FILE = fileURLToPath(new URL('regions.json', import.meta.url));

const program = find(CFN_LINT);
if (program === undefined) {
  console.error(advice(CFN_LINT));
  process.exitCode = 1;
} else {
  const directory = mkdtempSync(join(tmpdir(), 'regions-'));
  try {
    itemsApp({
      outdir: directory,
      context: { ...EVERYTHING },
      builtinCloudFormationValidation: false,
    }).synth();
    const lacking = lackingIn(program, lintEverywhere(program, join(directory, 'Items.template.json')));
    const text = JSON.stringify({ cfnLint: CFN_LINT.release, lacking });
    writeFileSync(FILE, await formatted(FILE, text));
    console.log('proof/regions.json: written; node --import tsx docs/computed/write.ts prints it');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
