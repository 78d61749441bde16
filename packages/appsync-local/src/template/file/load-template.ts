import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import type { Assembly, Stack, Template } from '../assembly.ts';
import { loadJsonObject } from '../json.ts';
import { DEFAULT_ACCOUNT, DEFAULT_REGION, templateOf } from '../load-assembly.ts';
import { createProblems } from '../problems.ts';
import { checkResources } from '../resource-definitions.ts';
import { collectAssets, isLocalPath } from './local-paths.ts';
import { parseTemplate } from './parse-template.ts';
import { applyTransforms } from './transforms.ts';

/** Folders that tools write a project's template into. */
const BUILD_FOLDERS = ['.aws-sam', '.serverless'];

/** CloudFormation takes nested stacks five deep; more is a template that nests itself. */
const DEEPEST = 5;

/**
 * Loads a CloudFormation or SAM template, with its nested stacks, as the assembly of one stack. The stack has the name of the
 * project's folder.
 *
 * @throws StartFailure with everything that CloudFormation or SAM would refuse
 */
export async function loadTemplateFile(file: string): Promise<Assembly> {
  const path = resolve(file);
  if (!existsSync(path)) {
    throw new StartFailure(
      `there is no template '${file}'; pass the file of a CloudFormation or SAM template`,
    );
  }
  if (statSync(path).isDirectory()) {
    const inside = ['template.yaml', 'template.yml'].find((name) => existsSync(join(path, name)));
    throw new StartFailure(
      `--template ${file} is a folder; pass the file of a template${inside ? `, such as ${join(file, inside)}` : ''}`,
    );
  }
  const notes: string[] = [];
  const stack = await loadStack({ path, name: stackName(path), notes, depth: 0 });
  return { directory: dirname(path), stacks: [stack], notes };
}

interface StackFile {
  path: string;
  name: string;
  notes: string[];
  depth: number;
  parent?: Stack['parent'];
}

async function loadStack({ path, name, notes, depth, parent }: StackFile): Promise<Stack> {
  const directory = dirname(path);
  const problems = createProblems();
  const written = await parseTemplate(path);
  if (!isRecord(written['Resources'])) {
    problems.add(`${path} has no Resources; pass the file of a CloudFormation or SAM template`);
  }
  checkResources(written, path, problems);
  problems.refuse();
  const transformed = applyTransforms(written, path, problems);
  notes.push(...transformed.notes);
  problems.refuse();
  const template = templateOf(transformed.template);
  const assets = collectAssets(template, directory, problems);
  problems.refuse();
  const stack: Stack = {
    name,
    directory,
    region: regionOf(directory),
    accountId: DEFAULT_ACCOUNT,
    template,
    assets,
    parameters: {},
    dependsOn: [],
    nested: new Map(),
    ...(parent && { parent }),
  };
  for (const [logicalId, nested] of nestedFiles(template, directory)) {
    if (depth === DEEPEST) {
      throw new StartFailure(
        `${path}: stacks are nested more than ${DEEPEST} deep; does a template nest itself?`,
      );
    }
    const child = { path: nested, name: `${name}-${logicalId}`, notes, depth: depth + 1 };
    stack.nested.set(logicalId, await loadStack({ ...child, parent: { stack, logicalId } }));
  }
  return stack;
}

/** Nested stacks whose template is a file; the others are reported when they are read. */
const nestedFiles = ({ Resources }: Template, directory: string): [logicalId: string, path: string][] =>
  Object.entries(Resources).flatMap(([logicalId, { Type: type, Properties }]) => {
    const url = Properties?.['TemplateURL'];
    return type === 'AWS::CloudFormation::Stack' && isLocalPath(url)
      ? [[logicalId, resolve(directory, url)] as [string, string]]
      : [];
  });

/**
 * The region that the template was packaged for, since `serverless package` writes it into ARNs; else that of AWS's tools in
 * this environment.
 */
function regionOf(directory: string): string {
  const state = join(directory, 'serverless-state.json');
  const { service } = existsSync(state) ? loadJsonObject(state) : {};
  const provider = isRecord(service) ? service['provider'] : undefined;
  const packaged = isRecord(provider) ? provider['region'] : undefined;
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return (typeof packaged === 'string' && packaged) || AWS_REGION || AWS_DEFAULT_REGION || DEFAULT_REGION;
}

/** In CloudFormation's form: letters, digits and hyphens, a letter first. */
function stackName(path: string): string {
  const folders = dirname(path).split(/[/\\]/);
  const build = folders.findIndex((folder) => BUILD_FOLDERS.includes(folder));
  const project = basename(folders.slice(0, build < 0 ? undefined : build).join('/'));
  const name = project.replaceAll(/[^A-Za-z0-9-]+/g, '-').replace(/^[^A-Za-z]+/, '');
  return name === '' ? 'app' : name;
}
