import { parse } from 'yaml';
import { DeployFailure } from '../deploy-failure.ts';

/** A resource of a template. */
export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** A CloudFormation template, the parts that the gate looks at. */
export interface Template {
  Resources: Record<string, Resource>;
  Metadata?: Record<string, unknown>;
}

/**
 * Reads a template as it was submitted: JSON, or the YAML that the CDK CLI submits after an import and for old bootstrap stacks.
 *
 * @param source names the template in the message
 * @throws DeployFailure when it is neither, or has no resources
 */
export function parseTemplate(text: string, source: string): Template {
  const template = parsed(text, source) as Template | null;
  if (typeof template?.Resources !== 'object') {
    throw new DeployFailure(
      `${source} is not a CloudFormation template: it has no Resources; pass one such as cdk.out/Items.template.json`,
    );
  }
  return template;
}

function parsed(text: string, source: string): unknown {
  try {
    // JSON is YAML, but its own parser is faster by two orders.
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    throw new DeployFailure(`${source} is neither JSON nor YAML: ${line}`);
  }
}

/** The resources of these types by logical id. */
export const resourcesOf = ({ Resources }: Template, ...types: string[]): [string, Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => types.includes(Type));
