import { readFileSync } from 'node:fs';

/** An option of the CDK CLI, as its own registry describes it. */
interface Registered {
  type: 'boolean' | 'string' | 'number' | 'array';
  alias?: string | readonly string[];
  /** Turns a boolean off: `-R` is `--no-rollback`. */
  negativeAlias?: string;
}

interface Registry {
  globalOptions: Record<string, Registered>;
  commands: Record<string, { options?: Record<string, Registered> }>;
}

/** Which command line the installed CDK CLI reads (aws/aws-cdk-cli, cli-type-registry.json). */
const REGISTRY = new URL('../node_modules/aws-cdk/lib/cli/cli-type-registry.json', import.meta.url);

/**
 * The options of a command of the CDK CLI, `--exclusively` and `-e`, and whether each takes a value. The CLI itself only warns of
 * options that it lacks, and goes on without them (aws/aws-cdk-cli#944).
 */
export function cdkOptions(command: string): ReadonlyMap<string, boolean> {
  const { globalOptions, commands } = JSON.parse(readFileSync(REGISTRY, 'utf8')) as Registry;
  const all = Object.entries({ ...globalOptions, ...commands[command]?.options });
  return new Map(all.flatMap(([name, option]) => spellings(name, option)));
}

function spellings(name: string, { type, alias = [], negativeAlias }: Registered): [string, boolean][] {
  const names = [name, ...[alias].flat()].map(dashed);
  return [
    ...names.map((each): [string, boolean] => [each, type !== 'boolean']),
    ...(type === 'boolean' ? [`--no-${name}`] : []).map((each): [string, boolean] => [each, false]),
    ...(negativeAlias === undefined ? [] : [dashed(negativeAlias)]).map((each): [string, boolean] => [
      each,
      false,
    ]),
  ];
}

const dashed = (name: string): string => `${name.length === 1 ? '-' : '--'}${name}`;
