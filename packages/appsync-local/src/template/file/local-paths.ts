import { basename, join, resolve } from 'node:path';
import { isFile } from '../../ground/is-file.ts';
import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import type { Asset, ResourceDefinition, Template } from '../assembly.ts';
import type { Problems } from '../problems.ts';

/** Properties that name a file of text (`aws cloudformation package`, the table of its artifacts). */
const TEXTS: Record<string, string[]> = {
  'AWS::AppSync::GraphQLSchema': ['DefinitionS3Location'],
  'AWS::AppSync::Resolver': ['CodeS3Location'],
  'AWS::AppSync::FunctionConfiguration': ['CodeS3Location'],
};

/** Properties that name a directory or a zip file, which becomes an object of S3. */
const ARCHIVES: Record<string, string> = {
  'AWS::Lambda::Function': 'Code',
  'AWS::Lambda::LayerVersion': 'Content',
};

/** Ways of `sam build` that make code, rather than install its packages (SAM developer guide, "Building with AWS SAM"). */
const COMPILING = ['esbuild', 'makefile', 'rust-cargolambda', 'go1.x', 'dotnet7'];

/** What `aws cloudformation package` would upload rather than leave alone. */
export const isLocalPath = (value: unknown): value is string =>
  typeof value === 'string' && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value);

/**
 * Makes assets of the files and directories that a template names by their paths, and puts objects of S3 in the place of code's paths, as
 * `aws cloudformation package` does.
 *
 * @param directory of the template; paths are relative to it
 * @param problems receives the texts that do not exist; code that does not exist is reported when it is read
 * @returns the assets by their paths as the template gives them
 */
export function collectAssets(
  template: Template,
  directory: string,
  problems: Problems,
): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    for (const name of TEXTS[resource.Type] ?? []) {
      problems.attempt(() => addText(assets, logicalId, name, resource.Properties?.[name], directory));
    }
    const name = ARCHIVES[resource.Type];
    if (name !== undefined && resource.Properties !== undefined) {
      resource.Properties[name] = addArchive(assets, resource, resource.Properties[name], directory);
    }
  }
  return assets;
}

function addText(
  assets: Map<string, Asset>,
  logicalId: string,
  name: string,
  value: unknown,
  directory: string,
): void {
  if (!isLocalPath(value)) {
    return;
  }
  const path = resolve(directory, value);
  if (!isFile(path)) {
    throw new StartFailure(`resource ${logicalId}: ${name} names ${path}, which is not a file`);
  }
  assets.set(value, { path, packaging: 'file' });
}

/** @returns the property's value with an object of S3 in place of a path */
function addArchive(
  assets: Map<string, Asset>,
  resource: ResourceDefinition,
  value: unknown,
  directory: string,
): unknown {
  if (isLocalPath(value)) {
    const path = resolve(directory, value);
    const unbuilt = unbuiltReason(resource, directory);
    const packaging = isFile(path) ? 'file' : 'zip';
    assets.set(value, { path, packaging, named: value, ...(unbuilt && { unbuilt }) });
    return { S3Bucket: 'local', S3Key: value };
  }
  const key = isRecord(value) ? value['S3Key'] : undefined;
  if (typeof key === 'string') {
    // serverless package names the object of S3 that it will be, and leaves the zip file beside the template.
    const path = join(directory, basename(key));
    if (isFile(path)) {
      assets.set(key, { path, packaging: 'file' });
    }
  }
  return value;
}

/** What `sam build` has yet to make of the code; its own folder has it made. */
function unbuiltReason({ Metadata }: ResourceDefinition, directory: string): string | undefined {
  const method = String(Metadata?.['BuildMethod']);
  return COMPILING.includes(method) && !directory.split(/[/\\]/).includes('.aws-sam')
    ? `which sam build makes (BuildMethod ${method}); run it, and name .aws-sam/build/template.yaml with --template`
    : undefined;
}
