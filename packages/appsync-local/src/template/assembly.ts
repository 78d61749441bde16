import type { JsonObject } from './json.ts';

/** A cloud assembly on disk, as `cdk synth` writes it to `cdk.out`, or the stack of a template's file. */
export interface Assembly {
  directory: string;
  /** Every stack of every stage; nested stacks are below their parents. */
  stacks: Stack[];
  /** What of the templates is not applied here, one sentence each. */
  notes: string[];
}

/** One CloudFormation stack, with unresolved intrinsic functions in its template. */
export interface Stack {
  name: string;
  /** The folder of the stack's manifest, in the assembly or in the stage's assembly within it; or that of its template. */
  directory: string;
  /** us-east-1 unless the stack's `env` gives one (docs/facts/deployment.md#pseudo-parameters). */
  region: string;
  /** 000000000000 unless the stack's `env` gives one. */
  accountId: string;
  template: Template;
  /** By object key: the assembly's own files and directories that templates refer to as S3 objects. */
  assets: ReadonlyMap<string, Asset>;
  /** Parameter values from the assembly itself. */
  parameters: JsonObject;
  /** Parameter values from `--parameter`; they win. @default none */
  given?: Record<string, string>;
  /** Names of the stacks that the manifest deploys before this one. */
  dependsOn: string[];
  /** By logical id of their `AWS::CloudFormation::Stack`. */
  nested: Map<string, Stack>;
  /** Only for a nested stack. */
  parent?: { stack: Stack; logicalId: string };
}

export interface Template {
  Parameters: Record<string, ParameterDefinition>;
  Mappings: Record<string, unknown>;
  Conditions: Record<string, unknown>;
  Resources: Record<string, ResourceDefinition>;
  Outputs: Record<string, OutputDefinition>;
}

export interface ParameterDefinition {
  Type?: string;
  Default?: unknown;
  AllowedValues?: unknown[];
}

export interface ResourceDefinition {
  Type: string;
  Condition?: string;
  Properties?: JsonObject;
  Metadata?: JsonObject;
}

export interface OutputDefinition {
  Value: unknown;
  Condition?: string;
  Export?: { Name: unknown };
}

/** A file, or with packaging `zip` usually a directory, which is zipped for publishing. */
export interface Asset {
  path: string;
  packaging: string;
  /** The path as a template gives it, relative to its folder. @default the asset is one of a cloud assembly */
  named?: string;
  /** Why there is nothing to run at `path` yet, to follow its name: `which sam build makes; run it`. */
  unbuilt?: string;
}
