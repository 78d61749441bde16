import { StartFailure } from '../ground/start-failure.ts';

/**
 * The values of `--parameter NAME=VALUE`, by name.
 *
 * @throws StartFailure for one of another form
 */
export const parametersOf = (given: readonly string[]): Map<string, string> =>
  new Map(given.map(parameterValue));

/** `Stage=prod`; the value may be empty, and may contain `=`. */
function parameterValue(value: string): [name: string, value: string] {
  const [, name, given] = /^([A-Za-z0-9]+)=(.*)$/s.exec(value) ?? [];
  if (name === undefined || given === undefined) {
    throw new StartFailure(`--parameter must be a name and its value, such as Stage=prod, not "${value}"`);
  }
  return [name, given];
}
