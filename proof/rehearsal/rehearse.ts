import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stacksOf } from '../../deploy/assembly.ts'; // part: validated-items
import { ProofFailure } from '../proof-failure.ts';
import { advice, find, MINISTACK } from '../python-program.ts';
import { CdkRun } from './cdk-run.ts';
import { startMiniStack } from './ministack.ts';
import { rehearseStage } from './stage.ts';
import { trimAssembly } from './trimmed-assembly.ts';

/*
 * Deploys a stage to MiniStack, an emulator of CloudFormation and the services below it, writes one item, and destroys the stage:
 * docs/proof.md. It shows that the template is consistent enough for another reader than ours. It says nothing of AWS.
 */

const HELP = `npm run rehearse -- [-c KEY=VALUE …]

Deploys a stage of development to MiniStack on this machine, writes one item, and destroys the stage.
-c takes the settings of docs/operations.md. It needs Python's ministack: ${MINISTACK.variable}, or on the path.
`;

async function main(args: string[]): Promise<void> {
  if (args.includes('--help')) {
    console.log(HELP);
    return;
  }
  const program = find(MINISTACK);
  if (program === undefined) {
    throw new ProofFailure(advice(MINISTACK));
  }
  const directory = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const assembly = join(directory, 'cdk.out');
  const miniStack = await startMiniStack(program, directory);
  try {
    const cdk = new CdkRun(miniStack.url, assembly);
    await step('synthesized', () => cdk.synth(['-c', 'alarmEmail=operator@example.com', ...args]));
    const taken = trimAssembly(assembly);
    console.log(`      without the outputs ${taken.join(', ')}, which MiniStack lacks`);
    await step('bootstrapped', () => cdk.bootstrap());
    await step('deployed', () => cdk.deploy());
    await step('no change is seen as none', () => cdk.expectNoChange());
    await rehearseStage(miniStack.url, stacksOf(assembly)[0]!.name, step); // part: validated-items
    await step('destroyed', () => cdk.destroy());
    await step('nothing is left', () => cdk.expectNothingLeft());
    console.log(`\nRehearsed on MiniStack ${MINISTACK.release}. This is no proof of AWS.`);
  } finally {
    await miniStack.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Does a step and says so, or fails with what it is called. */
async function step<T>(name: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    const result = await run();
    console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s ${name}`);
    return result;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProofFailure(`Not ${name}: ${reason}`);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof ProofFailure ? error.message : error);
  process.exitCode = 1;
}
