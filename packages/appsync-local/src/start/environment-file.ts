import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { StartFailure } from '../ground/start-failure.ts';
import type { AppModel } from '../template/app-model.ts';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string>>;

/** @param file lines of `NAME=value`, as `node --env-file` takes them. @throws StartFailure when it cannot be read, or has other lines only */
export function loadEnvironmentFile(file: string): Variables {
  const text = read(file);
  const variables = parseEnv(text) as Variables;
  if (Object.keys(variables).length === 0 && IS_SAID.test(text)) {
    throw new StartFailure(`--env-file ${file} has no line NAME=value`);
  }
  return variables;
}

/** Anything but comments. */
const IS_SAID = /^\s*[^#\s]/m;

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFailure(
      `cannot read --env-file ${file}: ${code === 'ENOENT' ? 'the file does not exist' : code}`,
    );
  }
}

/** Replaces the variables that Lambda functions define, like `sam local --env-vars`; it adds none that the template lacks. */
export const withVariables = (app: AppModel, variables: Variables): AppModel => ({
  ...app,
  lambdaFunctions: app.lambdaFunctions.map((lambda) => ({
    ...lambda,
    environment: Object.fromEntries(
      Object.entries(lambda.environment).map(([name, value]) => [name, variables[name] ?? value]),
    ),
  })),
});
