import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { itemsApp } from '../../infra/items-app.ts';
import { EVERYTHING } from '../everything.ts';
import { ProofFailure } from '../proof-failure.ts';
import { advice, CFN_LINT, find } from '../python-program.ts';
import { appsyncLocal, cfnLint, nag, tests, writeFaulty } from './checks.ts';
import { FAULTS } from './faults.ts';
import type { Caught } from './results.ts';
import type { Template } from './template.ts';

/*
 * Plants each fault in the template of production with everything that can be set, asks each check what it finds, and keeps the
 * answers in results.json, which docs/proof.md prints. A check that finds in a faulty template what it finds in the right one has
 * not caught it.
 */

const MUST_CATCH = 18;
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

async function main(): Promise<void> {
  const program = find(CFN_LINT);
  if (program === undefined) {
    throw new ProofFailure(advice(CFN_LINT));
  }
  const directory = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const assembly = join(directory, 'cdk.out');
    itemsApp({
      outdir: assembly,
      context: { ...EVERYTHING },
      builtinCloudFormationValidation: false,
    }).synth();
    const right = join(assembly, 'Items.template.json');
    const template = JSON.parse(readFileSync(right, 'utf8')) as Template;
    const fileOf = (name: string) => join(directory, `${name}.json`);
    Object.entries(FAULTS).forEach(([name, { plant }]) => writeFaulty(template, plant, fileOf(name)));

    const nagged = await nag([right, ...Object.keys(FAULTS).map(fileOf)]);
    const known = new Set([
      ...cfnLint(program, right),
      ...(await appsyncLocal(assembly, right)),
      ...nagged.get(right)!,
    ]);
    const news = (found: string[]) => found.filter((finding) => !known.has(finding));

    const names = Object.keys(FAULTS);
    const failing = await tests();
    if (failing.get('')?.length !== 0) {
      throw new ProofFailure(`Without a fault, tests fail: ${failing.get('')?.join('; ')}`);
    }
    const results: Record<string, Caught> = {};
    for (const name of names) {
      const file = fileOf(name);
      const caught: Caught = {
        'cfn-lint': news(cfnLint(program, file)).length,
        'cdk-nag': news(nagged.get(file)!).length,
        'appsync-local check': news(await appsyncLocal(assembly, file)).length,
        'tests/infra': failing.get(name)!.length,
      };
      results[name] = caught;
      console.log(`${isCaught(caught) ? 'caught' : 'MISSED'} ${name}: ${JSON.stringify(caught)}`);
    }
    writeFileSync(
      RESULTS,
      await format(JSON.stringify(results), { ...(await resolveConfig(RESULTS)), parser: 'json' }),
    );
    const count = Object.values(results).filter(isCaught).length;
    console.log(`${count} of ${Object.keys(FAULTS).length} are caught`);
    if (count < MUST_CATCH) {
      throw new ProofFailure(`At least ${MUST_CATCH} must be.`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const isCaught = (caught: Caught): boolean => Object.values(caught).some((findings) => findings > 0);

try {
  await main();
} catch (error) {
  console.error(error instanceof ProofFailure ? error.message : error);
  process.exitCode = 1;
}
