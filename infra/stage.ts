import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Node } from 'constructs';
import { Mistake } from './mistake.ts';
import { signInUrls } from './sign-in-urls.ts';

/** The differences between deployments; everything else is the same in every stage. */
export interface Stage {
  /** Stack name and prefix of resource names: `appsync-items-dev`. */
  stackName: string;
  /** Production data is retained and protected against deletion, and only errors of fields are logged. */
  production: boolean;
  architecture: Architecture;
  /** Name of the API key; a new name makes CloudFormation replace the key. Absent for the first key. */
  apiKeyName?: string;
  /** Pages that users may sign in from by the user pool's own page; empty without that page. */
  signInUrls: string[];
}

const STAGES = ['dev', 'prod'];
const ARCHITECTURES = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 };

/**
 * Reads the stage from CDK context.
 * - `stage`: `dev` or `prod`. @default dev
 * - `name`: your own name for the stack, letters, digits and hyphens. @default appsync-items
 * - `architecture`: of the Lambda functions, `arm64` or `x86_64`. @default arm64
 * - `apiKey`: a name for the API key, letters and digits; a different name creates a different key. @default the first key,
 *   without a name
 * - `signInUrls`: pages that users may sign in from, separated by commas. @default none, and no sign-in page
 * @throws Mistake that names the context key, the value seen and the values allowed
 */
export function readStage(node: Node): Stage {
  const stage = choice(node, 'stage', STAGES, 'dev');
  const architecture = choice(node, 'architecture', Object.keys(ARCHITECTURES), 'arm64');
  const name: unknown = node.tryGetContext('name') ?? 'appsync-items';
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9-]{0,99}$/.test(name)) {
    throw new Mistake(
      `-c name=${String(name)}: use letters, digits and hyphens, a letter first, at most 100`,
    );
  }
  const apiKeyName: unknown = node.tryGetContext('apiKey');
  if (apiKeyName !== undefined && !isKeyName(apiKeyName)) {
    throw new Mistake(`-c apiKey=${String(apiKeyName)}: use letters and digits, a letter first, at most 50`);
  }
  const stackName = `${name}-${stage}`;
  const production = stage === 'prod';
  return {
    stackName,
    production,
    signInUrls: signInUrls(node.tryGetContext('signInUrls'), stackName, production),
    architecture: ARCHITECTURES[architecture as keyof typeof ARCHITECTURES],
    ...(apiKeyName !== undefined && { apiKeyName }),
  };
}

/** It becomes part of a logical id. */
const isKeyName = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9]{0,49}$/.test(value);

function choice(node: Node, key: string, allowed: string[], fallback: string): string {
  const value: unknown = node.tryGetContext(key) ?? fallback;
  if (typeof value !== 'string' || !allowed.includes(value)) {
    throw new Mistake(`-c ${key}=${String(value)}: use one of ${allowed.join(', ')}`);
  }
  return value;
}
