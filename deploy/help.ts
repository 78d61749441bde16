import type { Command } from './options.ts';

const WHAT: Readonly<Record<Command, string>> = {
  deploy: 'Deploys the stack, if nothing is lost by it.',
  diff: 'Shows what a deployment would change, and what would be lost by it; exit code 1 if anything would.',
};

const OPTIONS: readonly [option: string, says: string][] = [
  ['-c, --context KEY=VALUE', 'The stage and its settings, such as stage=prod.'],
  ['--allow NAME', 'Lets a loss pass that is meant. May be repeated, or name several with commas.'],
  ['--against FILE', 'Compares with this template, and not with the deployed one.'],
  ['--items FILE', 'Tries the rules of all kinds on the stored items of an export.'], // part: transfer
  ['--profile NAME', 'Uses the credentials of this profile. Default: those that the AWS SDK finds.'],
  ['--app DIR', 'Takes the cloud assembly of that folder, and synthesizes nothing.'],
  ['--output DIR', 'Writes the cloud assembly there. Default: cdk.out'],
  ['--help', 'Prints this.'],
];

export const helpOf = (command: Command): string => `${WHAT[command]}

Usage: npm run ${command} -- [options] [options of cdk ${command}]

Compares the new template with the deployed one, and names what would replace, remove or break something that
holds data or that clients rely on: tables, indexes, streams, users, keys, the schema, kinds.

${OPTIONS.map(([option, says]) => `  ${option.padEnd(25)}${says}`).join('\n')}

docs/deploying.md has the list, and what to do when a deployment fails.`;
