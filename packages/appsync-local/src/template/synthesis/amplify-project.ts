import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CdkProject } from './cdk-project.types.ts';

/** The CDK app of Amplify Gen 2: https://docs.amplify.aws/react/how-amplify-works/concepts/ */
const BACKEND = 'amplify/backend.ts';

export const isAmplifyProject = (directory: string): boolean => existsSync(join(directory, BACKEND));

/**
 * How `ampx sandbox` synthesizes a project: it has no cdk.json, and its app reads its names from the context
 * (@aws-amplify/platform-core, CDKContextKey).
 */
export function amplifyProject(directory: string): CdkProject | undefined {
  if (!isAmplifyProject(directory)) {
    return undefined;
  }
  return {
    directory,
    app: `npx tsx ${BACKEND}`,
    output: '.amplify',
    context: {
      'amplify-backend-namespace': 'app',
      'amplify-backend-name': 'local',
      'amplify-backend-type': 'sandbox',
    },
    watch: { include: ['amplify/**'], exclude: [] },
  };
}
