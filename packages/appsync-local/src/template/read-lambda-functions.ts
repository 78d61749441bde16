import { existsSync, statSync } from 'node:fs';
import { StartFailure } from '../ground/start-failure.ts';
import type { LambdaFunctionModel } from './app-model.ts';
import { shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import type { Resource } from './resource.ts';

/** CloudFormation's defaults (resource reference of AWS::Lambda::Function, Timeout and MemorySize). */
const DEFAULT_TIMEOUT_SECONDS = 3;
const DEFAULT_MEMORY_MB = 128;

/** Lambda functions of an assembly, by what can be done with them. */
export interface LambdaFunctions {
  run: LambdaFunctionModel[];
  /** Why the others do not run here, by ARN. */
  notRun: ReadonlyMap<string, string>;
  /** What is wrong with functions that no deployment would take, by ARN: of interest if something calls them. */
  faults: ReadonlyMap<string, string>;
}

export function readLambdaFunctions(functions: Resource[]): LambdaFunctions {
  const notRun = new Map<string, string>();
  const faults = new Map<string, string>();
  const run = functions.flatMap((lambda) => {
    try {
      return [readLambdaFunction(lambda)];
    } catch (error) {
      if (!(error instanceof StartFailure)) {
        throw error;
      }
      (error instanceof NotRunHere ? notRun : faults).set(lambda.attribute('Arn'), error.message);
      return [];
    }
  });
  return { run, notRun, faults };
}

/**
 * @throws NotRunHere for container images, other languages, layers, file systems and code that is not in the assembly
 * @throws StartFailure for what CloudFormation would refuse
 */
export function readLambdaFunction(resource: Resource): LambdaFunctionModel {
  const { properties, logicalId } = resource;
  refuseUnsupported(resource);
  const reservedConcurrency = properties.optionalNumber('ReservedConcurrentExecutions');
  return {
    logicalId,
    functionName: resource.ref(),
    arn: resource.attribute('Arn'),
    code: readFunctionCode(resource),
    handler: properties.text('Handler'),
    runtime: properties.text('Runtime'),
    environment: properties.optionalSection('Environment')?.texts('Variables') ?? {},
    timeoutSeconds: properties.optionalNumber('Timeout') ?? DEFAULT_TIMEOUT_SECONDS,
    memoryMb: properties.optionalNumber('MemorySize') ?? DEFAULT_MEMORY_MB,
    logFormat:
      properties.optionalSection('LoggingConfig')?.optionalText('LogFormat') === 'JSON' ? 'JSON' : 'Text',
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
  };
}

/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, without a version or alias. */
export const unqualified = (functionArn: string): string => functionArn.split(':').slice(0, 7).join(':');

function refuseUnsupported(resource: Resource): void {
  const { properties } = resource;
  const isImage =
    properties.optionalText('PackageType') === 'Image' || codeOf(resource).value('ImageUri') !== undefined;
  if (isImage) {
    throw refusal(resource, 'is a container image; the local server runs Node.js and custom runtimes only');
  }
  const runtime = properties.text('Runtime');
  if (!/^(nodejs\d+\.x|provided(\..+)?)$/.test(runtime)) {
    throw refusal(
      resource,
      `has the runtime '${runtime}'; the local server runs Node.js and custom runtimes only`,
    );
  }
  if (properties.list('Layers').length > 0) {
    throw refusal(
      resource,
      'has Layers, which the local server does not support; bundle their code with the function',
    );
  }
  if (properties.list('FileSystemConfigs').length > 0) {
    throw refusal(
      resource,
      'mounts a file system (FileSystemConfigs), which the local server does not support',
    );
  }
}

const refusal = (resource: Resource, reason: string): NotRunHere =>
  new NotRunHere(`Lambda function ${resource.logicalId} ${reason}`);

const codeOf = ({ properties }: Resource) => properties.section('Code');

function readFunctionCode(resource: Resource): LambdaFunctionModel['code'] {
  const inline = codeOf(resource).optionalText('ZipFile');
  if (inline !== undefined) {
    // CloudFormation writes inline Node.js code to index.js, hence CommonJS (AWS::Lambda::Function Code, "ZipFile").
    return { fileName: 'index.js', text: inline };
  }
  const key = codeOf(resource).text('S3Key');
  const asset = resource.assets.get(key);
  if (asset === undefined) {
    throw refusal(resource, `has the code ${shown(key)}, which is not an asset of the cloud assembly`);
  }
  if (!existsSync(asset.path)) {
    throw refusal(resource, `has its code in ${asset.path}, which does not exist; synthesize again`);
  }
  if (!statSync(asset.path).isDirectory()) {
    throw refusal(resource, `has its code in the file ${asset.path}; give the asset as a directory`);
  }
  return { directory: asset.path };
}
