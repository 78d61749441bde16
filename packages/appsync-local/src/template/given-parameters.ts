import { StartFailure } from '../ground/start-failure.ts';
import type { Assembly, Stack } from './assembly.ts';
import { quoted } from './json.ts';
import { createProblems } from './problems.ts';

/** CDK's own: the version of the account's bootstrap stack, which no app reads. */
const NOBODYS = 'BootstrapVersion';

/**
 * Gives parameters their values, in every stack that has them. Nested stacks get theirs from their parents.
 * @throws StartFailure for a name that no stack has, and for values that CloudFormation would refuse
 */
export function giveParameters({ stacks }: Assembly, values: ReadonlyMap<string, string>): void {
  const problems = createProblems();
  for (const [name, value] of values) {
    const takers = stacks.filter(({ template }) => Object.hasOwn(template.Parameters, name));
    if (takers.length === 0) {
      problems.add(`--parameter ${name} names no parameter of the app; it has ${quoted(namesOf(stacks))}`);
    }
    for (const stack of takers) {
      problems.attempt(() => checkAllowed(stack, name, value));
      stack.given = { ...stack.given, [name]: value };
    }
  }
  problems.refuse();
}

const namesOf = (stacks: Stack[]): Set<string> =>
  new Set(
    stacks.flatMap(({ template }) => Object.keys(template.Parameters)).filter((name) => name !== NOBODYS),
  );

function checkAllowed({ template }: Stack, name: string, value: string): void {
  const allowed = template.Parameters[name]?.AllowedValues?.map(String);
  if (allowed?.includes(value) === false) {
    throw new StartFailure(`--parameter ${name} must be one of ${quoted(allowed)}; it is '${value}'`);
  }
}
