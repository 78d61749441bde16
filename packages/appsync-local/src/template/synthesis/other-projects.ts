import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where tools other than the CDK have a template, what is built first. */
const TEMPLATES = [
  '.aws-sam/build/template.yaml',
  'template.yaml',
  'template.yml',
  '.serverless/cloudformation-template-update-stack.json',
];

const SERVERLESS = ['serverless.yml', 'serverless.yaml', 'serverless.ts', 'serverless.js', 'serverless.json'];

/** What to run in a folder without cdk.json, from what is there instead; undefined when there is nothing known. */
export function otherProject(directory: string): { found: string; command: string } | undefined {
  const template = TEMPLATES.find((file) => existsSync(join(directory, file)));
  if (template !== undefined) {
    return {
      found: template,
      command: `npx appsync-local --template ${relative('.', join(directory, template))}`,
    };
  }
  const serverless = SERVERLESS.find((file) => existsSync(join(directory, file)));
  if (serverless === undefined) {
    return undefined;
  }
  const packaged = relative('.', join(directory, TEMPLATES.at(-1)!));
  return {
    found: serverless,
    command: `serverless package, then npx appsync-local --template ${packaged}`,
  };
}
