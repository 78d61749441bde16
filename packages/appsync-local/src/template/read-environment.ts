import { quoted } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import { createReader } from './reader.ts';
import type { Resource } from './resource.ts';

/** Environment variables that have another value than the template's, by name. */
export type GivenVariables = Readonly<Record<string, string>>;

/**
 * The environment variables of a Lambda function. The template's value may be known only on AWS, such as a secret or the export of another
 * app; then it must be given.
 *
 * @throws NotRunHere for variables without a value
 */
export function readEnvironment(resource: Resource, given: GivenVariables): Record<string, string> {
  try {
    return resource.properties.optionalSection('Environment')?.texts('Variables') ?? {};
  } catch (error) {
    if (!(error instanceof NotRunHere)) {
      throw error;
    }
    return withGiven(resource, given, error.message);
  }
}

function withGiven(resource: Resource, given: GivenVariables, reason: string): Record<string, string> {
  const { Variables: known } = resource.known('Environment') as { Variables: Record<string, unknown> };
  const unknown = Object.keys(known).filter((name) => known[name] === null);
  const missing = unknown.filter((name) => given[name] === undefined);
  if (missing.length > 0) {
    throw new NotRunHere(
      `Lambda function ${resource.logicalId} needs values for the environment variables ${quoted(missing)}; ` +
        `give them with --env-file: ${reason}`,
    );
  }
  const variables = { ...known, ...Object.fromEntries(unknown.map((name) => [name, given[name]])) };
  return createReader(resource.properties.where, () => variables).texts('Variables');
}
