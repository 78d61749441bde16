import type { ParseArgsConfig } from 'node:util';
import { DEFAULT_NAME, STAGE } from '../../infra/stage-settings.ts';
import { parseArgs } from '../../schema/command-line.ts';
import { contextOf } from '../context.ts';
import { DeployFailure } from '../deploy-failure.ts';

type Texts<Name extends string> = Partial<Record<Name, string>>;

/** What every command about a deployed stage takes. */
export const STAGE_OPTIONS: readonly [option: string, says: string][] = [
  ['--stage dev|prod', 'The deployed stage.'],
  ['--name NAME', `Name of the backend. Default: that of cdk.json, or else ${DEFAULT_NAME}`],
  [
    '--profile NAME',
    'Uses the credentials and region of this profile. Default: those that the AWS SDK finds.',
  ],
  ['--region REGION', 'Default: AWS_REGION, or that of the profile.'],
];

const COMMON = ['stage', 'name', 'profile', 'region'] as const;

/** @param Name of options with a value, without dashes */
export interface Given<Name extends string> {
  values: Texts<Name | (typeof COMMON)[number]>;
  positionals: string[];
  help: boolean;
}

/**
 * Reads the options of a command.
 * @param names of its own options, which take a value
 * @throws DeployFailure for unknown options and stages, and for options that npm has taken
 */
export function readStageOptions<Name extends string>(
  args: readonly string[],
  ...names: Name[]
): Given<Name> {
  const texts = [...COMMON, ...names].map((name) => [name, { type: 'string' }] as const);
  const options: ParseArgsConfig['options'] = {
    ...Object.fromEntries(texts),
    help: { type: 'boolean', short: 'h' },
  };
  const { values, positionals } = parsed(args, options);
  const { help = false, ...given }: Record<string, unknown> = values;
  const { stage } = given as Texts<'stage'>;
  if (stage !== undefined && STAGE.parse(stage) === undefined) {
    throw new DeployFailure(`--stage ${stage}: use ${STAGE.takes}`);
  }
  return { values: given as Given<Name>['values'], positionals, help: Boolean(help) };
}

function parsed(args: readonly string[], options: ParseArgsConfig['options']) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new DeployFailure(`${(error as Error).message}; see --help`, { cause: error });
  }
}

/**
 * The stack's name, `appsync-items-dev`.
 * @throws DeployFailure without a stage: a command that changes users says which
 */
export function stackNameOf({ stage, name }: Texts<'stage' | 'name'>): string {
  if (stage === undefined) {
    throw new DeployFailure('--stage dev or --stage prod is required; see --help');
  }
  return `${name ?? String(contextOf({ context: [] })['name'] ?? DEFAULT_NAME)}-${stage}`;
}

/** A help text. @param usage such as `npm run user -- list` */
export const helpText = (what: string, usage: string, options: readonly [string, string][]): string =>
  `${what}\n\nUsage: ${usage}\n\n${options.map(([option, says]) => `  ${option.padEnd(20)}${says}`).join('\n')}`;
