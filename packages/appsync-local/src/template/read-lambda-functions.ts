import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { findPython, pythonVersion } from '../ground/python.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { LambdaFunctionModel } from './app-model.ts';
import { AssemblySourceMaps } from './assembly-source-map.ts';
import type { Asset } from './assembly.ts';
import { shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import { readEnvironment } from './read-environment.ts';
import type { GivenVariables } from './read-environment.ts';
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

/**
 * @param layers every `AWS::Lambda::LayerVersion` of the assembly
 * @param givenVariables environment variables with another value than the template's
 */
export function readLambdaFunctions(
  functions: Resource[],
  layers: Resource[],
  givenVariables: GivenVariables = {},
): LambdaFunctions {
  const notRun = new Map<string, string>();
  const faults = new Map<string, string>();
  const run = functions.flatMap((lambda) => {
    try {
      return [readLambdaFunction(lambda, layers, givenVariables)];
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
 * @throws NotRunHere for container images, other languages, file systems, and code, layers or values that the assembly lacks
 * @throws StartFailure for what CloudFormation would refuse
 */
export function readLambdaFunction(
  resource: Resource,
  layers: Resource[],
  givenVariables: GivenVariables = {},
): LambdaFunctionModel {
  const { properties, logicalId } = resource;
  refuseUnsupported(resource);
  const reservedConcurrency = properties.optionalNumber('ReservedConcurrentExecutions');
  const roleArn = resource.known('Role');
  return {
    logicalId,
    ...(typeof roleArn === 'string' && { roleArn }),
    functionName: resource.ref(),
    arn: resource.attribute('Arn'),
    code: readFunctionCode(resource),
    sourceMaps: new AssemblySourceMaps(resource.stack.directory),
    handler: properties.text('Handler'),
    runtime: properties.text('Runtime'),
    ...readLayers(resource, layers),
    environment: readEnvironment(resource, givenVariables),
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
    throw refusal(
      resource,
      'is a container image; the local server runs code in folders and zip files only, so try it on AWS',
    );
  }
  const runtime = properties.text('Runtime');
  const python = pythonVersion(runtime);
  if (python !== null && findPython(python) === undefined) {
    throw refusal(
      resource,
      `has the runtime '${runtime}', and there is no python3 in PATH; install Python 3`,
    );
  }
  if (python === null && !/^(nodejs\d+\.x|provided(\..+)?)$/.test(runtime)) {
    throw refusal(
      resource,
      `has the runtime '${runtime}'; the local server runs Node.js, Python and custom runtimes only, so try it on AWS`,
    );
  }
  if (properties.list('FileSystemConfigs').length > 0) {
    throw refusal(
      resource,
      'mounts a file system (FileSystemConfigs), which the local server does not support; try it on AWS',
    );
  }
}

const refusal = (resource: Resource, reason: string): NotRunHere =>
  new NotRunHere(`Lambda function ${resource.logicalId} ${reason}`);

const codeOf = ({ properties }: Resource) => properties.section('Code');

function readFunctionCode(resource: Resource): LambdaFunctionModel['code'] {
  const inline = codeOf(resource).optionalText('ZipFile');
  if (inline !== undefined) {
    // CloudFormation writes inline code to index.js, hence CommonJS, or to index.py (AWS::Lambda::Function Code, "ZipFile").
    const fileName = pythonVersion(resource.properties.text('Runtime')) === null ? 'index.js' : 'index.py';
    return { fileName, text: inline };
  }
  const key = codeOf(resource).text('S3Key');
  const path = assetPath(resource, key, (reason) => refusal(resource, `has the code ${reason}`));
  return statSync(path).isDirectory() ? { directory: path } : { archive: path };
}

/**
 * @returns a directory or a file
 * @throws what `failure` makes of the reason why the app does not have it
 */
function assetPath({ assets }: Resource, key: string, failure: (reason: string) => NotRunHere): string {
  const asset = assets.get(key);
  if (asset === undefined) {
    throw failure(`${shown(key)}, which is not an asset of the cloud assembly`);
  }
  if (!existsSync(asset.path)) {
    throw failure(missing(asset));
  }
  if (asset.unbuilt !== undefined) {
    throw failure(`${shown(asset.named ?? basename(asset.path))}, ${asset.unbuilt}`);
  }
  return asset.path;
}

/** The reason reaches clients by the errors of fields, hence no absolute path. */
const missing = ({ named, path }: Asset): string =>
  named === undefined
    ? `${shown(basename(path))}, which the cloud assembly names and does not have; build the app again`
    : `${shown(named)}, which does not exist in the folder of the template; correct the path there, or build the code first`;

/** Layers that the assembly has; of the others, such as AWS's extensions, the ARNs. */
function readLayers(
  resource: Resource,
  layers: Resource[],
): Pick<LambdaFunctionModel, 'layers' | 'missingLayers'> {
  const arns = resource.properties.list('Layers').map(String);
  const directories = arns.map((arn) => {
    const layer = layers.find((one) => one.ref() === arn);
    if (layer === undefined) {
      return undefined;
    }
    const key = layer.properties.section('Content').text('S3Key');
    return assetPath(layer, key, (reason) =>
      refusal(resource, `has the layer ${layer.logicalId} with the content ${reason}`),
    );
  });
  return {
    layers: directories.filter((one) => one !== undefined),
    missingLayers: arns.filter((_, index) => directories[index] === undefined),
  };
}
