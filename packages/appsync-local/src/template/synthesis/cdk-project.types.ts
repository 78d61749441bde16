import type { JsonObject } from '../json.ts';

/** The parts of cdk.json that synthesizing needs; a project of Amplify Gen 2 has none, and others in its place. */
export interface CdkProject {
  directory: string;
  /** The command that creates the cloud assembly: `node --import tsx infra/app.ts`. */
  app: string;
  /** A command to run before it. */
  build?: string;
  /** Where the CDK CLI writes; never an input. @default 'cdk.out' */
  output: string;
  /** From cdk.json and cdk.context.json; the latter takes precedence. */
  context: JsonObject;
  /** The files that the assembly depends on: cdk.json's `watch`, the CDK's own convention. */
  watch: { include: string[]; exclude: string[] };
}
