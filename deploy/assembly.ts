import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate, type Template } from './gate/template.ts';

/** A stack of a cloud assembly. */
export interface AssemblyStack {
  /** In CloudFormation: `appsync-items-dev`. */
  name: string;
  template: Template;
  /** It has termination protection. */
  isProtected: boolean;
  /** Where it is deployed; undefined where that is left to the credentials. */
  region?: string;
  /** The roles with which the CDK CLI reads it, with placeholders such as `${AWS::AccountId}`; the first one that can be had. */
  roles: readonly string[];
}

interface Artifact {
  type: string;
  environment?: string;
  properties: {
    stackName?: string;
    terminationProtection?: boolean;
    templateFile: string;
    assumeRoleArn?: string;
    lookupRole?: { arn: string };
  };
}

/** Whether it is a cloud assembly, and no command that makes one. */
export const isAssembly = (app: string | undefined): app is string =>
  app !== undefined && existsSync(join(app, 'manifest.json'));

/** The stacks of a cloud assembly. @param folder that `cdk synth` wrote */
export function stacksOf(folder: string): AssemblyStack[] {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
  return Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { environment, properties }]) => {
      const file = join(folder, properties.templateFile);
      const region = environment?.split('/').at(-1);
      return {
        name: properties.stackName ?? id,
        template: parseTemplate(readFileSync(file, 'utf8'), file),
        isProtected: properties.terminationProtection === true,
        ...(region !== undefined && region !== 'unknown-region' && { region }),
        roles: [properties.lookupRole?.arn, properties.assumeRoleArn].filter((arn) => arn !== undefined),
      };
    });
}
