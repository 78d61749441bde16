import type { AssemblyStack } from './assembly.ts';
import { DeployFailure } from './deploy-failure.ts';
import { type Account, readStack } from './deployed.ts';
import { KEPT } from './gate/lost-resources.ts';
import type { Template } from './gate/template.ts';

/**
 * Tells on standard error which stacks go, where they are, and what goes with them.
 * @throws DeployFailure for a stack with termination protection
 */
export async function tellDestruction(account: Account, stacks: readonly AssemblyStack[]): Promise<void> {
  for (const stack of stacks) {
    const deployed = await readStack(account, stack);
    const where = `account ${account.id}, ${deployed?.region ?? stack.region ?? account.region}`;
    if (!deployed) {
      console.error(`${stack.name} is not deployed in ${where}: there is nothing to delete.`);
    } else if (deployed.isProtected) {
      throw new DeployFailure(
        `${stack.name} in ${where} has termination protection. To delete it, turn that off first: ` +
          `aws cloudformation update-termination-protection --stack-name ${stack.name} --region ${deployed.region} --no-enable-termination-protection`,
      );
    } else {
      console.error(describeDestruction(stack.name, where, deployed.template));
    }
  }
}

/** For people: what is deleted for good, and what stays behind. */
export function describeDestruction(stackName: string, where: string, template: Template): string {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => Type in KEPT);
  const stays = kept.filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
  const goes = kept.filter((resource) => !stays.includes(resource));
  return [
    `${stackName} in ${where} is to be deleted.`,
    ...list('  For good, with all that is in them:', goes),
    ...list('  They stay, outside any stack (docs/deploying.md):', stays),
  ].join('\n');
}

const list = (title: string, resources: readonly [string, { Type: string }][]): string[] =>
  resources.length === 0
    ? []
    : [title, ...resources.map(([id, { Type }]) => `    ${KEPT[Type]!.called} ${id}`)];
