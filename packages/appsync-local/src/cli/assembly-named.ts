import { assemblyOf } from '../start/app-assembly.ts';
import { loadEnvironmentFile } from '../start/environment-file.ts';
import type { Assembly } from '../template/assembly.ts';
import { parametersOf } from './parameters.ts';
import { untilSignal } from './until-signal.ts';

/** The options of a command that say where an app comes from. */
export interface AppOptions {
  app?: string;
  template?: string;
  parameter?: string[];
  'env-file'?: string;
}

/**
 * The cloud assembly that the options of a command name. A signal meanwhile ends the synthesis, and the command.
 *
 * @throws StartFailure when there is none
 */
export function assemblyNamed({
  app,
  template,
  parameter = [],
  'env-file': environmentFile,
}: AppOptions): Promise<Assembly> {
  const parameters = parametersOf(parameter);
  const variables = environmentFile === undefined ? {} : loadEnvironmentFile(environmentFile);
  return untilSignal((aborted) =>
    assemblyOf({ assembly: app, template, parameters }, (line) => console.error(line), variables, aborted),
  );
}
