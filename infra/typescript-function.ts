import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, type Duration, RemovalPolicy, Stage, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { bundleFunction } from './bundle-function.ts';
import { writeSourceMap } from './source-map.ts';

export interface TypeScriptFunctionProps {
  /** Folder below `functions/` with a `handler.ts` that exports `handler`. */
  folder: string;
  /** The logs stay after the stack is deleted. */
  production: boolean;
  architecture: Architecture;
  environment: Record<string, string>;
  timeout: Duration;
  /** In MB; CPU grows with it (one vCPU at 1,769 MB). */
  memorySize: number;
  /** Concurrent executions that it has for itself, and no more. @default it shares those of the account */
  reservedConcurrency?: number;
}

/** A Lambda function bundled by esbuild's API, with its own log group and role. */
export class TypeScriptFunction extends Construct {
  readonly function: LambdaFunction;
  /** The execution role, which receives the grants. */
  readonly role: Role;

  constructor(scope: Construct, id: string, props: TypeScriptFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: props.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason:
        'Writing traces and listing streams have no resource-level permissions (Service Authorization Reference, X-Ray and DynamoDB).',
    });
    this.function = new LambdaFunction(this, 'Function', {
      code: Code.fromAsset(writeCode(this, props.folder)),
      handler: 'handler.handler',
      runtime: Runtime.NODEJS_LATEST,
      architecture: props.architecture,
      memorySize: props.memorySize,
      timeout: props.timeout,
      environment: props.environment,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role: this.role,
      tracing: Tracing.ACTIVE,
      ...(props.reservedConcurrency !== undefined && {
        reservedConcurrentExecutions: props.reservedConcurrency,
      }),
    });
    Validations.of(this.function).acknowledge({
      id: 'Serverless::Serverless-LambdaDLQ',
      reason:
        'Nothing invokes it asynchronously: AppSync waits for it, or an event source mapping with its own queue does.',
    });
  }
}

/**
 * Writes the code to a folder of the assembly, so that nothing is left elsewhere. CDK copies it to `asset.<hash of the
 * content>` when the Lambda function is created. Its source map is written beside the manifest.
 * @returns its directory
 */
function writeCode(scope: Construct, folder: string): string {
  const directory = join(Stage.of(scope)!.assetOutdir, 'functions', folder);
  mkdirSync(directory, { recursive: true });
  const bundle = bundleFunction(`functions/${folder}/handler.ts`);
  writeFileSync(join(directory, 'handler.js'), bundle.code);
  attachCustomSynthesis(scope, { onSynthesize: ({ outdir }) => writeSourceMap(outdir, bundle) });
  return directory;
}
