import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { assembliesDirectory } from '../ground/cache-directory.ts';
import type { Assembly } from '../template/assembly.ts';
import { loadTemplateFile } from '../template/file/load-template.ts';
import { giveParameters } from '../template/given-parameters.ts';
import { loadAssembly } from '../template/load-assembly.ts';
import { isAmplifyProject } from '../template/synthesis/amplify-project.ts';
import { synthesize } from '../template/synthesize.ts';
import type { Variables } from './environment-file.ts';

/** Where an app comes from. */
export interface AppSource {
  /** A cloud assembly, or the folder of a CDK app. @default the CDK app of the working directory */
  assembly?: string;
  /** The file of a CloudFormation or SAM template, instead of a CDK app. */
  template?: string;
  /** Values of template parameters, by name. @default their defaults */
  parameters?: ReadonlyMap<string, string>;
}

/**
 * Returns the cloud assembly to run or to check.
 *
 * @param report receives one line when synthesizing begins
 * @param variables of the CDK app's environment, besides those of this process, which take precedence
 * @param signal ends a synthesis at once
 * @throws StartFailure when the CDK app fails, or there is no template or assembly
 */
export async function assemblyOf(
  { assembly: app, template, parameters = new Map() }: AppSource,
  report: (line: string) => void,
  variables: Variables = {},
  signal?: AbortSignal,
): Promise<Assembly> {
  const assembly =
    template === undefined
      ? loadAssembly(await assemblyDirectory(app, report, variables, signal))
      : await loadTemplateFile(template);
  giveParameters(assembly, parameters);
  return assembly;
}

const assemblyDirectory = async (
  app: string | undefined,
  report: (line: string) => void,
  variables: Variables,
  signal: AbortSignal | undefined,
): Promise<string> =>
  app === undefined || isCdkApp(app)
    ? synthesize(app ?? '.', assembliesDirectory(app), report, variables, signal)
    : app;

export const isCdkApp = (folder: string): boolean =>
  (existsSync(join(folder, 'cdk.json')) || isAmplifyProject(folder)) &&
  !existsSync(join(folder, 'manifest.json'));
