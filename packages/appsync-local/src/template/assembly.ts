import type { JsonObject } from './json.ts';

/** A cloud assembly on disk: what `cdk synth` writes to `cdk.out`. */
export interface Assembly {
  directory: string;
  /** Every stack of every stage; nested stacks hang below their parents. */
  stacks: Stack[];
}

/** One CloudFormation stack, its template still full of intrinsic functions. */
export interface Stack {
  name: string;
  /** Of the assembly, or of the stage's assembly within it: where the stack's manifest lies. */
  directory: string;
  /** us-east-1 unless the stack's `env` names one (docs/facts/deployment.md#pseudo-parameters). */
  region: string;
  /** 000000000000 unless the stack's `env` names one. */
  accountId: string;
  template: Template;
  /** By object key: the assembly's own files and directories that templates refer to as S3 objects. */
  assets: ReadonlyMap<string, Asset>;
  /** Parameter values the assembly itself gives. */
  parameters: JsonObject;
  /** Names of the stacks that the manifest wants deployed before this one. */
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
}

export interface ResourceDefinition {
  Type: string;
  Condition?: string;
  Properties?: JsonObject;
}

export interface OutputDefinition {
  Value: unknown;
  Condition?: string;
  Export?: { Name: unknown };
}

/** A file, or with packaging `zip` usually the directory that is zipped when it is published. */
export interface Asset {
  path: string;
  packaging: string;
}
