import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from '../../schema/command-line.ts';
import { ProofFailure } from '../proof-failure.ts';
import { advice, find, MINISTACK } from '../python-program.ts';
import { CdkRun } from './cdk-run.ts';
import { startMiniStack } from './ministack.ts';
import { step } from './step.ts';
import { trimAssembly } from './trimmed-assembly.ts';

/** MiniStack, and a stage that can be deployed to it. */
export interface Rehearsal {
  url: string;
  cdk: CdkRun;
  /** The folder of the cloud assembly. */
  assembly: string;
  /** For files of the rehearsal. */
  directory: string;
}

/**
 * Runs a rehearsal as a command: starts MiniStack, synthesizes a stage, bootstraps, and stops MiniStack in the end, whatever happened.
 * @param settings `-c key=value`; what the command is given comes after them
 */
export async function onMiniStack(
  help: string,
  settings: readonly string[],
  rehearse: (rehearsal: Rehearsal) => Promise<void>,
): Promise<void> {
  try {
    const { help: isHelp, context = [] } = optionsOf(process.argv.slice(2));
    if (isHelp) {
      console.log(`${help}\nIt needs Python's ministack: ${MINISTACK.variable}, or on the path.`);
    } else {
      await begin([...settings, ...context.flatMap((setting) => ['-c', setting])], rehearse);
      console.log(`\nRehearsed on MiniStack ${MINISTACK.release}. This is no proof of AWS.`);
    }
  } catch (error) {
    console.error(error instanceof ProofFailure ? error.message : error);
    process.exitCode = 1;
  }
}

const OPTIONS = {
  context: { type: 'string', short: 'c', multiple: true },
  help: { type: 'boolean' },
} as const;

/** @throws ProofFailure for an option there is not */
function optionsOf(args: string[]): { context?: string[]; help?: boolean } {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new ProofFailure(`${(error as Error).message}; see --help`);
  }
}

async function begin(settings: string[], rehearse: (rehearsal: Rehearsal) => Promise<void>): Promise<void> {
  const program = find(MINISTACK);
  if (program === undefined) {
    throw new ProofFailure(advice(MINISTACK));
  }
  const directory = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const assembly = join(directory, 'cdk.out');
  const miniStack = await startMiniStack(program, directory);
  try {
    const cdk = new CdkRun(miniStack.url, assembly);
    await step('synthesized', () => cdk.synth(settings));
    const taken = trimAssembly(assembly);
    console.log(`        without the outputs ${taken.join(', ')}, which MiniStack lacks`);
    await step('bootstrapped', () => cdk.bootstrap());
    await rehearse({ url: miniStack.url, cdk, assembly, directory });
  } finally {
    await miniStack.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
