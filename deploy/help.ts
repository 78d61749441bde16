import type { Command } from './options.ts';

const COMPARES = `Compares the new template with the deployed one, and names what would replace, remove or break something that
holds data or that clients rely on: tables, indexes, streams, users, keys, the schema, kinds.`;

const WHAT: Readonly<Record<Command, readonly [what: string, more: string]>> = {
  deploy: ['Deploys the stack, if nothing is lost by it.', COMPARES],
  diff: [
    'Shows what a deployment would change, and what would be lost by it; exit code 1 if anything would.',
    COMPARES,
  ],
  destroy: [
    'Deletes the stack of a stage, after it has said what goes with it and asked.',
    'In stage prod tables, users, dead letters and logs stay, and termination protection has to be turned off first.',
  ],
};

type Row = [option: string, says: string];

const STAGE: readonly Row[] = [
  ['--stage dev|prod', 'The stage. Default: dev'],
  ['--name NAME', 'Name of the backend; the stack is NAME-STAGE.'],
  ['-c, --context KEY=VALUE', 'A setting of the stage, such as alarmEmail=ops@example.com.'],
];

const GATE: readonly Row[] = [
  ['--allow NAME', 'Lets a loss pass that is meant. May be repeated, or name several with commas.'],
  ['--against FILE', 'Compares with this template, and not with the deployed one.'],
  ['--items FILE', 'Tries the rules of all kinds on the stored items of an export.'], // part: transfer
];

const COMMON: readonly Row[] = [
  ['--profile NAME', 'Uses the credentials of this profile. Default: those that the AWS SDK finds.'],
  ['--region REGION', 'Default: AWS_REGION, or that of the profile.'],
  ['--app DIR', 'Takes the cloud assembly of that folder, and synthesizes nothing.'],
  ['--output DIR', 'Writes the cloud assembly there. Default: cdk.out'],
  ['--help', 'Prints this.'],
];

export function helpOf(command: Command): string {
  const [what, more] = WHAT[command];
  const rows = [...STAGE, ...(command === 'destroy' ? [] : GATE), ...COMMON];
  return `${what}

Usage: npm run ${command} -- [options] [options of cdk ${command}]

${more}

${rows.map(([option, says]) => `  ${option.padEnd(25)}${says}`).join('\n')}

docs/deploying.md has more, and what to do when a deployment fails.`;
}
