import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StartFailure } from '../ground/start-failure.ts';
import { commandsOf } from './synthesis/app-command.ts';
import { createAssemblyStore } from './synthesis/assembly-store.ts';
import { finishedAssembly, loadCdkProject } from './synthesis/cdk-project.ts';
import type { CdkProject } from './synthesis/cdk-project.types.ts';
import { fingerprint } from './synthesis/fingerprint.ts';
import { runCommand } from './synthesis/run-command.ts';

/**
 * Creates the cloud assembly of a CDK project, like `cdk synth`, or finds an earlier one when nothing that it depends on has
 * changed since.
 * @param projectDirectory the folder of cdk.json
 * @param outDirectory keeps assemblies between starts; several servers may share it
 * @param report receives one line when synthesizing begins; not called when an assembly is found
 * @param variables of the app's environment, besides those of this process, which take precedence
 * @param signal ends the app's commands at once, with everything that they started
 * @returns the directory of the cloud assembly
 * @throws StartFailure when there is no usable cdk.json or the CDK app fails; the reason of `signal` when that ended it
 */
export async function synthesize(
  projectDirectory: string,
  outDirectory: string,
  report: (line: string) => void,
  variables: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<string> {
  const project = loadCdkProject(resolve(projectDirectory));
  const finished = finishedAssembly(project);
  if (finished !== undefined) {
    return finished;
  }
  const out = resolve(outDirectory);
  const store = createAssemblyStore(out);
  const environment = { ...variables, ...process.env };
  const given = Object.keys(variables).map((name) => [name, environment[name] ?? ''] as const);
  const before = fingerprint(project, out, given);
  const found = store.find(before);
  if (found !== undefined) {
    return found;
  }
  report(`Synthesizing: ${project.app}`);
  const folder = store.begin();
  await synthesizeInto(project, folder, environment, signal);
  // The app may or may not have seen a file that was saved while it ran.
  return store.keep(folder, fingerprint(project, out, given) === before ? before : undefined);
}

async function synthesizeInto(
  project: CdkProject,
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    if (project.build !== undefined) {
      await runCommand(project.build, project.directory, environment, signal);
    }
    const variables = { ...environment, ...synthesisVariables(project, folder) };
    for (const command of commandsOf(project.app)) {
      await runCommand(command, project.directory, variables, signal);
    }
    if (!existsSync(join(folder, 'manifest.json'))) {
      throw new StartFailure(
        `'${project.app}' wrote no cloud assembly; call new App() without outdir, so that CDK_OUTDIR applies`,
      );
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What the CDK CLI adds to the environment of an app; validation is left to `cdk synth`, because it takes most of the time. */
export const synthesisVariables = (project: CdkProject, folder: string): NodeJS.ProcessEnv => ({
  CDK_OUTDIR: folder,
  CDK_VALIDATION: 'false',
  CDK_CONTEXT_JSON: JSON.stringify(project.context),
});
