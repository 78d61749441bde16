import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import { type Duration, RemovalPolicy, Stage, Validations } from 'aws-cdk-lib';
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
import { bundle } from './bundle.ts';
import { fromRoot } from './paths.ts';

export interface TypeScriptFunctionProps {
  /** Folder below `functions/` with a `handler.ts` that exports `handler`. */
  folder: string;
  /** The logs outlive the stack. */
  production: boolean;
  architecture: Architecture;
  environment: Record<string, string>;
  timeout: Duration;
  /** In MB; CPU grows with it (one vCPU at 1,769 MB). */
  memorySize: number;
}

/** A Lambda function bundled by esbuild's API, with a log group and a role that are its own. */
export class TypeScriptFunction extends Construct {
  readonly function: LambdaFunction;
  /** The execution role, which takes the grants. */
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
        'Writing traces has no resource-level permissions (Service Authorization Reference, AWS X-Ray).',
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
    });
  }
}

/** What a Lambda function that talks to DynamoDB alone never reaches of the SDK, and what stands in its place. */
const leftOut = {
  '@aws-sdk/credential-provider-node': fromRoot('functions/aws-sdk/environment-credentials.ts'),
  '@smithy/core/event-streams': fromRoot('functions/aws-sdk/no-event-streams.ts'),
};

/**
 * Everything in one minified file, the AWS SDK included through its module entry points, without what is never reached.
 * CommonJS down to the last `import()`: to an ES module Node.js hands over every export of a built-in module, and one of
 * `node:http` is WebSocket, which loads all of undici. docs/lambda-or-not.md has what each of these saves at a cold start.
 */
export function bundleFunction(folder: string): string {
  const [file] = bundle({
    entryPoints: [`functions/${folder}/handler.ts`],
    format: 'cjs',
    supported: { 'dynamic-import': false },
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: leftOut,
    minify: true,
    legalComments: 'none',
  });
  return file!.text;
}

/**
 * A file of the assembly's own, so that nothing is left elsewhere. CDK copies it to `asset.<hash of the content>` when the
 * Lambda function is made.
 * @returns its directory
 */
function writeCode(scope: Construct, folder: string): string {
  const directory = join(Stage.of(scope)!.assetOutdir, 'functions', folder);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'handler.js'), bundleFunction(folder));
  return directory;
}
