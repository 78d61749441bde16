import { Progress } from '../transfer/progress.ts'; // part: transfer
import { tryKinds } from '../transfer/try-kinds.ts'; // part: transfer
import { type AssemblyStack, stacksOf } from './assembly.ts';
import type { Compared } from './compared.ts';
import { DeployFailure } from './deploy-failure.ts';
import { afterTrial } from './gate/changed-kinds.ts'; // part: transfer
import { lossesOf } from './gate/gate.ts';
import type { Loss } from './gate/loss.ts';
import { unprotectedStack } from './gate/lost-protection.ts';
import type { Options } from './options.ts';
import { report } from './report.ts';
import { standingCostLine } from './standing-cost.ts'; // part: costs

/**
 * Tells what each stack of the assembly would lose, on standard error.
 * @param assembly the folder of the cloud assembly
 * @returns whether nothing is lost but what is allowed
 * @throws DeployFailure or TransferFailure for what cannot be compared
 */
export async function checkStacks(assembly: string, options: Options, compared: Compared): Promise<boolean> {
  const stacks = stacksOf(assembly);
  if (options.against !== undefined && stacks.length > 1) {
    const names = stacks.map(({ name }) => name).join(', ');
    throw new DeployFailure(`--against compares one stack, and the app has ${stacks.length}: ${names}`);
  }
  const found: Loss[] = [];
  for (const stack of stacks) {
    found.push(...(await checkStack(stack, options, compared)));
  }
  tellUnused(options.allow, found);
  return found.every(({ name }) => options.allow.includes(name));
}

async function checkStack(stack: AssemblyStack, options: Options, compared: Compared): Promise<Loss[]> {
  const before = await compared(stack);
  console.error(standingCostLine(before?.template, stack.template)); // part: costs
  if (before === undefined) {
    console.error(`${stack.name} is not deployed yet, so nothing can be lost.`);
    return [];
  }
  const losses = await lossesOf(before.template, stack.template);
  if (before.isProtected && !stack.isProtected) {
    losses.push(unprotectedStack(stack.name));
  }
  // part: transfer
  if (options.items !== undefined) {
    const tried = await tryKinds(options.items, new Progress(process.stderr));
    losses.splice(0, losses.length, ...afterTrial(losses, tried));
  }
  // end: transfer
  console.error(report(stack.name, losses, options.allow));
  return losses;
}

function tellUnused(allow: readonly string[], found: readonly Loss[]): void {
  for (const name of allow.filter((allowed) => !found.some((loss) => loss.name === allowed))) {
    console.error(`--allow ${name} is not needed: there is no such loss.`);
  }
}
