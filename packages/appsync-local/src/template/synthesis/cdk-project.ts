import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isRecord } from '../../ground/record.ts';
import { StartFailure } from '../../ground/start-failure.ts';
import { loadJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { amplifyProject } from './amplify-project.ts';
import type { CdkProject } from './cdk-project.types.ts';
import { otherProject } from './other-projects.ts';

/** @throws StartFailure when cdk.json is missing outside of Amplify, is not JSON, or names no app */
export function loadCdkProject(directory: string): CdkProject {
  const path = resolve(directory, 'cdk.json');
  if (!existsSync(path)) {
    return amplifyProject(directory) ?? notCdk(directory);
  }
  const config = loadJsonObject(path);
  if (typeof config['app'] !== 'string') {
    throw new StartFailure(`${path} names no app; add "app": "node --import tsx infra/app.ts" or the like`);
  }
  const watch = isRecord(config['watch']) ? config['watch'] : {};
  return {
    directory,
    app: config['app'],
    ...(typeof config['build'] === 'string' && { build: config['build'] }),
    output: typeof config['output'] === 'string' ? config['output'] : 'cdk.out',
    context: { ...memberObject(config, 'context'), ...loadContext(directory) },
    watch: { include: texts(watch['include']) ?? ['**'], exclude: texts(watch['exclude']) ?? [] },
  };
}

/** @throws StartFailure that says what to run instead */
function notCdk(directory: string): never {
  const other = otherProject(directory);
  throw new StartFailure(
    other === undefined
      ? `there is no cdk.json in '${directory}'; run in a CDK project, or name a cloud assembly with --app or a template with --template`
      : `there is no cdk.json in '${directory}', but ${other.found}; run ${other.command}`,
  );
}

/** `app` may also name the directory of a finished cloud assembly, as in the CDK CLI. */
export function finishedAssembly({ directory, app }: CdkProject): string | undefined {
  const path = resolve(directory, app);
  return existsSync(path) && statSync(path).isDirectory() ? path : undefined;
}

function loadContext(directory: string): JsonObject {
  const path = resolve(directory, 'cdk.context.json');
  return existsSync(path) ? loadJsonObject(path) : {};
}

function memberObject(config: JsonObject, name: string): JsonObject {
  const member = config[name];
  return isRecord(member) ? member : {};
}

/** `watch.include` and `watch.exclude` are a string or a list of strings. */
function texts(value: unknown): string[] | undefined {
  if (typeof value === 'string') {
    return [value];
  }
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
