import { closestMatch } from 'leven';
import { type Argument, split } from './arguments.ts';
import { cdkOptions } from './cdk-options.ts';
import { DeployFailure } from './deploy-failure.ts';

export type Command = 'deploy' | 'diff' | 'destroy';

export interface Options {
  /** Names of losses that are meant. */
  allow: readonly string[];
  /** A file with the template to compare with. @default the deployed one */
  against?: string;
  /** An export of the stage's items. @default none is tried */
  items?: string; // part: transfer
  /** Folder that the cloud assembly is written to. */
  output: string;
  /** The command that synthesizes, or a cloud assembly that is there already. @default the command of cdk.json */
  app?: string;
  /** The profile of the AWS configuration. @default the SDK's */
  profile?: string;
  /** @default that of the environment or of the profile */
  region?: string;
  /** Settings of the stage, `key=value`. */
  context: readonly string[];
  /** Arguments of `cdk synth`. */
  synth: readonly string[];
  /** Arguments of the command of the CDK. */
  cdk: readonly string[];
  help: boolean;
}

/** Options with a value that are of these commands, or that `cdk synth` needs. */
const WITH_VALUE: Readonly<Record<string, string>> = {
  '--allow': 'allow',
  '--against': 'against',
  '--items': 'items', // part: transfer
  '--output': 'output',
  '-o': 'output',
  '--profile': 'profile',
  '--region': 'region',
  '--context': 'context',
  '-c': 'context',
  '--app': 'app',
  '-a': 'app',
};

/** Settings that the other commands about a stage take as options: `--stage prod` is `-c stage=prod`. */
const SETTINGS: readonly string[] = ['--stage', '--name'];

/** Without dashes; npm must not keep them for itself. */
export const OPTION_NAMES: readonly string[] = [...Object.keys(WITH_VALUE), ...SETTINGS]
  .filter((option) => option.startsWith('--'))
  .map((option) => option.slice(2));

/** A hot swap or a watch goes past CloudFormation, and so past the gate; a change set that was made before, past the gate alone. */
const PAST_THE_GATE: readonly string[] = ['--hotswap', '--hotswap-fallback', '--watch', '-w'];
const METHOD: readonly string[] = ['--method', '-m'];

const HELP: readonly string[] = ['--help', '-h'];

/**
 * Divides the arguments of a command among the gate and the two commands of the CDK.
 * @throws DeployFailure that names every argument which neither knows
 */
export function readOptions(command: Command, args: readonly string[]): Options {
  const ofCdk = cdkOptions(command);
  const isOurs = (option: string): boolean => option in WITH_VALUE || SETTINGS.includes(option);
  const given = split(args, (option) => isOurs(option) || ofCdk.get(option) === true);
  const known = [...Object.keys(WITH_VALUE), ...SETTINGS, ...HELP, ...ofCdk.keys()];
  const problems = given.flatMap((argument) => problemOf(argument, command, known, isOurs) ?? []);
  if (problems.length > 0) {
    throw new DeployFailure(problems.join('\n'));
  }
  const ours = given.filter(({ option = '' }) => isOurs(option));
  return divide(
    ours,
    given.filter((argument) => !ours.includes(argument)),
  );
}

function problemOf(
  { option, value, words }: Argument,
  command: Command,
  known: readonly string[],
  isOurs: (option: string) => boolean,
): string | undefined {
  if (option === undefined) {
    const [word] = words;
    return word!.includes('=') ? `${word}: not an option; write npm run ${command} -- -c ${word}` : undefined;
  }
  if (PAST_THE_GATE.includes(option) || (METHOD.includes(option) && value === 'execute-change-set')) {
    return `${words.join(' ')} would bypass the checks: use npx cdk deploy ${words.join(' ')} with your own stage`;
  }
  if (isOurs(option) && !value) {
    return `${option} needs a value; see --help`;
  }
  if (!known.includes(option)) {
    const meant = option.startsWith('--') ? closestMatch(option, [...known], { maxDistance: 2 }) : undefined;
    return `${option}: there is no such option. ${meant === undefined ? 'See --help.' : `Did you mean ${meant}?`}`;
  }
  return undefined;
}

function divide(ours: readonly Argument[], rest: readonly Argument[]): Options {
  const all = (name: string): string[] =>
    ours.flatMap(({ option, value }) => (WITH_VALUE[option!] === name ? value! : []));
  const last = (name: string): string | undefined => all(name).at(-1);
  const [output, profile, region, app, against] = ['output', 'profile', 'region', 'app', 'against'].map(last);
  const items = last('items'); // part: transfer
  const both = [
    ...(profile === undefined ? [] : ['--profile', profile]),
    ...(region === undefined ? [] : ['--region', region]),
  ];
  const context = ours.flatMap(({ option, value }) => {
    const key = SETTINGS.includes(option!) ? `${option!.slice(2)}=` : '';
    return key || WITH_VALUE[option!] === 'context' ? `${key}${value}` : [];
  });
  return {
    allow: all('allow')
      .flatMap((names) => names.split(','))
      .filter(Boolean),
    ...(against !== undefined && { against }),
    ...(items !== undefined && { items }), // part: transfer
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    output: output ?? 'cdk.out',
    ...(app !== undefined && { app }),
    context,
    synth: [
      ...context.flatMap((each) => ['--context', each]),
      ...(app === undefined ? [] : ['--app', app]),
      ...both,
    ],
    cdk: [...both, ...rest.flatMap(({ option, words }) => (HELP.includes(option!) ? [] : words))],
    help: rest.some(({ option }) => HELP.includes(option!)),
  };
}
