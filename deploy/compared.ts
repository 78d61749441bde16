import { existsSync, readFileSync } from 'node:fs';
import type { AssemblyStack } from './assembly.ts';
import { DeployFailure } from './deploy-failure.ts';
import { type Account, deployedStack } from './deployed.ts';
import { parseTemplate, type Template } from './gate/template.ts';

/** What a stack is compared with. */
export interface Before {
  template: Template;
  /** It has termination protection. */
  isProtected: boolean;
}

/** Finds what a stack is compared with; undefined for a stack that is not deployed. */
export type Compared = (stack: AssemblyStack) => Promise<Before | undefined>;

/** The stacks that an account has now. */
export const comparedInAccount =
  (account: Account): Compared =>
  (stack) =>
    deployedStack(account, stack);

/** @throws DeployFailure for a missing file */
export function comparedWithFile(file: string): Compared {
  if (!existsSync(file)) {
    throw new DeployFailure(
      `there is no file ${file}; pass a template, such as the cdk.out/Items.template.json of another checkout`,
    );
  }
  const template = parseTemplate(readFileSync(file, 'utf8'), file);
  return () => Promise.resolve({ template, isProtected: false }); // No template says that.
}
