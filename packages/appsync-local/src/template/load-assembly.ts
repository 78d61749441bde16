import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { Assembly, Asset, Stack, Template } from './assembly.ts';
import { findAsset, loadAssets } from './assets.ts';
import { loadJsonObject, objectsOf } from './json.ts';
import type { JsonObject } from './json.ts';
import { legacyAssets } from './legacy-assets.ts';
import { createProblems } from './problems.ts';
import { checkResources, withoutLoops } from './resource-definitions.ts';
import { otherProject } from './synthesis/other-projects.ts';

export const DEFAULT_REGION = 'us-east-1';
export const DEFAULT_ACCOUNT = '000000000000';

/**
 * Loads a cloud assembly with its stages, nested stacks and asset lists.
 * @throws StartFailure when the directory is not a cloud assembly, or one of its files is missing or not JSON.
 */
export function loadAssembly(directory: string): Assembly {
  if (!existsSync(directory)) {
    throw new StartFailure(`there is no cloud assembly in '${directory}': the directory does not exist`);
  }
  if (!existsSync(resolve(directory, 'manifest.json'))) {
    const other = otherProject(directory);
    throw new StartFailure(
      `there is no cloud assembly in '${directory}': it has no manifest.json; ` +
        (other
          ? `it has ${other.found}: run ${other.command}`
          : 'name the directory that cdk synth wrote, or the folder of cdk.json'),
    );
  }
  const notes: string[] = [];
  return { directory, stacks: loadStage(directory, notes), notes };
}

function loadStage(directory: string, notes: string[]): Stack[] {
  const artifacts = Object.entries(objectsOf(loadJsonObject(resolve(directory, 'manifest.json')).artifacts));
  const assets = new Map<string, Asset>();
  for (const [, artifact] of artifacts) {
    if (artifact.type === 'cdk:asset-manifest') {
      loadAssets(resolve(directory, property(artifact, 'file')), assets);
    }
  }
  const stacks = artifacts
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({ id, artifact, name: stackName(id, artifact) }));
  const nameOf = new Map(stacks.map(({ id, name }) => [id, name]));
  return [
    ...stacks.map(({ artifact, name }) => loadStack(directory, name, artifact, assets, nameOf, notes)),
    ...artifacts
      .filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly')
      .flatMap(([, artifact]) => loadStage(resolve(directory, property(artifact, 'directoryName')), notes)),
  ];
}

function loadStack(
  directory: string,
  name: string,
  artifact: JsonObject,
  assets: ReadonlyMap<string, Asset>,
  nameOf: Map<string, string>,
  notes: string[],
): Stack {
  const dependencies = Array.isArray(artifact.dependencies) ? artifact.dependencies : [];
  const properties = isRecord(artifact.properties) ? artifact.properties : {};
  const legacy = legacyAssets(directory, artifact);
  const stack: Stack = {
    name,
    directory,
    ...environmentOf(artifact),
    template: loadTemplate(resolve(directory, property(artifact, 'templateFile')), notes),
    assets: legacy.assets.size === 0 ? assets : new Map([...assets, ...legacy.assets]),
    parameters: { ...legacy.parameters, ...(isRecord(properties.parameters) && properties.parameters) },
    dependsOn: dependencies.flatMap((id: string) => nameOf.get(id) ?? []),
    nested: new Map(),
  };
  loadNestedStacks(stack, notes);
  return stack;
}

/** Skips a nested stack whose template is not an asset of the assembly; it is reported when it is read. */
function loadNestedStacks(parent: Stack, notes: string[]): void {
  for (const [logicalId, resource] of Object.entries(parent.template.Resources)) {
    if (resource.Type !== 'AWS::CloudFormation::Stack') {
      continue;
    }
    const asset = findAsset(parent.assets, templateUrlTail(resource.Properties?.TemplateURL));
    if (asset === undefined) {
      continue;
    }
    const stack: Stack = {
      ...parent,
      name: `${parent.name}-${logicalId}`,
      template: loadTemplate(asset.path, notes),
      parameters: {},
      nested: new Map(),
      parent: { stack: parent, logicalId },
    };
    parent.nested.set(logicalId, stack);
    loadNestedStacks(stack, notes);
  }
}

/** CDK writes TemplateURL as a string, Fn::Sub or Fn::Join; each ends with the object key as literal text. */
function templateUrlTail(expression: unknown): string {
  if (typeof expression === 'string') {
    return expression;
  }
  const last = Array.isArray(expression)
    ? expression.at(-1)
    : isRecord(expression)
      ? Object.values(expression)[0]
      : undefined;
  return last === undefined ? '' : templateUrlTail(last);
}

function loadTemplate(path: string, notes: string[]): Template {
  const written = loadJsonObject(path);
  const problems = createProblems();
  checkResources(written, path, problems);
  problems.refuse();
  const { template, notes: ofLoops } = withoutLoops(written, path);
  notes.push(...ofLoops);
  return templateOf(template);
}

/** The sections of a template; those that are absent are empty. */
export function templateOf(template: JsonObject): Template {
  const section = <T>(name: string) => (isRecord(template[name]) ? template[name] : {}) as Record<string, T>;
  return {
    Parameters: section('Parameters'),
    Mappings: section('Mappings'),
    Conditions: section('Conditions'),
    Resources: section('Resources'),
    Outputs: section('Outputs'),
  };
}

/** `aws://account/region`; CDK writes `unknown-account` and `unknown-region` when the app gives none. */
function environmentOf(artifact: JsonObject): { accountId: string; region: string } {
  const [account = '', region = ''] = String(artifact.environment ?? '')
    .replace('aws://', '')
    .split('/');
  return {
    accountId: /^\d{12}$/.test(account) ? account : DEFAULT_ACCOUNT,
    region: region === '' || region === 'unknown-region' ? DEFAULT_REGION : region,
  };
}

function stackName(id: string, artifact: JsonObject): string {
  const properties = isRecord(artifact.properties) ? artifact.properties : {};
  return typeof properties.stackName === 'string' ? properties.stackName : id;
}

function property(artifact: JsonObject, name: string): string {
  const value = isRecord(artifact.properties) ? artifact.properties[name] : undefined;
  if (typeof value === 'string') {
    return value;
  }
  throw new StartFailure(
    `manifest.json has a ${String(artifact.type)} artifact without ${name}; run cdk synth again`,
  );
}
