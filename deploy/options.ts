import { DeployFailure } from './deploy-failure.ts';

export type Command = 'deploy' | 'diff';

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
  /** Settings of the stage, `key=value`. */
  context: readonly string[];
  /** Arguments of `cdk synth`. */
  synth: readonly string[];
  /** Arguments of `cdk deploy` or `cdk diff`. */
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
  '--context': 'context',
  '-c': 'context',
  '--app': 'app',
  '-a': 'app',
};

/** A hot swap or a watch goes past CloudFormation, and so past the gate. */
const PAST_THE_GATE = ['--hotswap', '--hotswap-fallback', '--watch', '-w'];

/**
 * Divides the arguments of `npm run deploy` and `npm run diff` among the gate and the two commands of the CDK: what is not
 * known here is for the second one.
 * @throws DeployFailure that names the option
 */
export function readOptions(args: readonly string[]): Options {
  const given = new Map<string, string[]>();
  const cdk: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [option, inline] = splitAt(args[at]!);
    const name = WITH_VALUE[option];
    if (PAST_THE_GATE.includes(option)) {
      throw new DeployFailure(
        `${option} goes past CloudFormation, and past what is checked here: use npx cdk deploy ${option} with a stage of your own`,
      );
    }
    if (name === undefined) {
      cdk.push(args[at]!);
      continue;
    }
    const value = inline ?? args[(at += 1)];
    if (value === undefined || value === '') {
      throw new DeployFailure(`${option} needs a value; see --help`);
    }
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return divide(given, cdk);
}

/** `--allow=x` is `--allow` with `x`; a context's own `=` is its value's. */
function splitAt(argument: string): [option: string, inline?: string] {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}

function divide(given: ReadonlyMap<string, string[]>, rest: readonly string[]): Options {
  const last = (name: string): string | undefined => given.get(name)?.at(-1);
  const [output, profile, app, against] = ['output', 'profile', 'app', 'against'].map(last);
  const items = last('items'); // part: transfer
  const both = profile === undefined ? [] : ['--profile', profile];
  const context = given.get('context') ?? [];
  const help = ['--help', '-h'];
  return {
    allow: (given.get('allow') ?? []).flatMap((names) => names.split(',')).filter(Boolean),
    ...(against !== undefined && { against }),
    ...(items !== undefined && { items }), // part: transfer
    ...(profile !== undefined && { profile }),
    output: output ?? 'cdk.out',
    ...(app !== undefined && { app }),
    context,
    synth: [
      ...context.flatMap((each) => ['--context', each]),
      ...(app === undefined ? [] : ['--app', app]),
      ...both,
    ],
    cdk: [...both, ...rest.filter((argument) => !help.includes(argument))],
    help: rest.some((argument) => help.includes(argument)),
  };
}
