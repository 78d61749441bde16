import { existsSync, readFileSync } from 'node:fs';
import type { AssemblyStack } from './assembly.ts';
import { DeployFailure } from './deploy-failure.ts';
import { deployedTemplate, openAccount } from './deployed.ts';
import { parseTemplate, type Template } from './gate/template.ts';
import type { Options } from './options.ts';

/** Finds the template that a stack is compared with; undefined for a stack that is not deployed. */
export type Compared = (stack: AssemblyStack) => Promise<Template | undefined>;

/**
 * Opens what stacks are compared with: a file, or the account they are deployed in.
 * @throws DeployFailure for a missing file, and for credentials that AWS does not take
 */
export async function openCompared({ against, profile }: Options): Promise<Compared> {
  if (against === undefined) {
    const account = await openAccount(profile);
    return (stack) => deployedTemplate(account, stack);
  }
  if (!existsSync(against)) {
    throw new DeployFailure(
      `there is no file ${against}; pass a template, such as the cdk.out/Items.template.json of another checkout`,
    );
  }
  const template = parseTemplate(readFileSync(against, 'utf8'), against);
  return () => Promise.resolve(template);
}
