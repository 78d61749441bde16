import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { itemsApp } from '../../infra/items-app.ts';
import { parseArgs } from '../../schema/command-line.ts';
import { formatted } from '../../schema/formatted.ts';
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

const MAY_MISS = 2;
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

const HELP = `npm run faults

Plants faults in the template of production, one at a time, and reports which checks notice them: docs/proof.md.
Writes proof/faults/results.json. Takes no options but --help, and some minutes.

It needs Python's cfn-lint: ${CFN_LINT.variable}, or on the path.`;

async function main(args: string[]): Promise<void> {
  if (isHelp(args)) {
    console.log(HELP);
    return;
  }
  const program = find(CFN_LINT);
  if (program === undefined) {
    throw new ProofFailure(advice(CFN_LINT));
  }
  const directory = mkdtempSync(join(tmpdir(), 'faults-'));
  try {
    const results = await judge(plantAll(directory), program);
    writeFileSync(RESULTS, await formatted(RESULTS, JSON.stringify(results)));
    report(results);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** @throws ProofFailure for an option there is not */
function isHelp(args: string[]): boolean {
  try {
    return parseArgs({ args, options: { help: { type: 'boolean' } } }).values.help === true;
  } catch (error) {
    throw new ProofFailure(`${(error as Error).message}; see npm run faults -- --help`);
  }
}

/** The right template, and one with each fault. */
interface Planted {
  assembly: string;
  right: string;
  faulty: [name: string, file: string][];
}

function plantAll(directory: string): Planted {
  const assembly = join(directory, 'cdk.out');
  const context = { ...EVERYTHING };
  itemsApp({ outdir: assembly, context, builtinCloudFormationValidation: false }).synth();
  const right = join(assembly, 'Items.template.json');
  const template = JSON.parse(readFileSync(right, 'utf8')) as Template;
  const faulty = Object.entries(FAULTS).map(([name, { plant }]): [string, string] => {
    const file = join(directory, `${name}.json`);
    writeFaulty(template, plant, file);
    return [name, file];
  });
  return { assembly, right, faulty };
}

async function judge({ assembly, right, faulty }: Planted, program: string): Promise<Record<string, Caught>> {
  const files = [right, ...faulty.map(([, file]) => file)];
  console.log('cfn-lint …');
  const linted = cfnLint(program, files);
  console.log('cdk-nag …');
  const nagged = await nag(files);
  console.log('appsync-local check …');
  const checked = new Map<string, string[]>();
  for (const file of files) {
    checked.set(file, await appsyncLocal(assembly, file));
  }
  console.log('tests/infra …');
  const failing = await tests();
  if (failing.get('')?.length !== 0) {
    throw new ProofFailure(`Without a fault, tests fail: ${failing.get('')?.join('; ')}`);
  }
  const news = (found: Map<string, string[]>, file: string): number =>
    found.get(file)!.filter((finding) => !found.get(right)!.includes(finding)).length;
  return Object.fromEntries(
    faulty.map(([name, file]) => [
      name,
      {
        'cfn-lint': news(linted, file),
        'cdk-nag': news(nagged, file),
        'appsync-local check': news(checked, file),
        'tests/infra': failing.get(name)!.length,
      },
    ]),
  );
}

/** @throws ProofFailure when too few are caught */
function report(results: Record<string, Caught>): void {
  for (const [name, caught] of Object.entries(results)) {
    console.log(`${isCaught(caught) ? 'caught' : 'MISSED'} ${name}: ${JSON.stringify(caught)}`);
  }
  const count = Object.values(results).filter(isCaught).length;
  const must = Object.keys(FAULTS).length - MAY_MISS;
  console.log(`${count} of ${Object.keys(FAULTS).length} are caught`);
  if (count < must) {
    throw new ProofFailure(`At least ${must} must be.`);
  }
}

const isCaught = (caught: Caught): boolean => Object.values(caught).some((findings) => findings > 0);

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof ProofFailure ? error.message : error);
  process.exitCode = 1;
}
