import type { Command } from './options.ts';

const COMPARES = `Compares the new template with the deployed one, and lists what would be replaced, removed or broken among the
resources that hold data or that clients rely on: tables, indexes, streams, users, keys, the schema, kinds.`;

const WHAT: Readonly<Record<Command, readonly [what: string, more: string]>> = {
  deploy: ['Deploys the stack, unless data would be lost or clients would break.', COMPARES],
  diff: [
    'Shows what a deployment would change and what would be lost. Exit code 1 if anything would be lost.',
    COMPARES,
  ],
  destroy: [
    'Lists what would be deleted, asks, and deletes the stack of a stage.',
    'In stage prod, tables, users, dead letters and logs remain, and termination protection must be turned off first.',
  ],
};

type Row = [option: string, says: string];

const STAGE: readonly Row[] = [
  ['--stage dev|prod', 'The stage. Default: dev'],
  ['--name NAME', 'Name of the backend; the stack is NAME-STAGE.'],
  ['-c, --context KEY=VALUE', 'A setting of the stage, such as alarmEmail=ops@example.com.'],
];

const GATE: readonly Row[] = [
  ['--allow NAME', 'Allows this loss. May be repeated, or takes several names separated by commas.'],
  ['--against FILE', 'Compares with this template instead of the deployed one.'],
  ['--items FILE', 'Checks the items of an export against the rules of all kinds.'], // part: transfer
];

const COMMON: readonly Row[] = [
  ['--profile NAME', 'Uses the credentials of this profile. Default: those that the AWS SDK finds.'],
  ['--region REGION', 'Default: AWS_REGION, or that of the profile.'],
  ['--app DIR', 'Uses the cloud assembly in this folder instead of synthesizing.'],
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

For details, and what to do when a deployment fails, see docs/deploying.md.`;
}
