import { parseArgs } from '../../schema/command-line.ts';
import { Refusal } from '../refusal.ts';
import { COMMAND, type Part, PARTS } from './parts.ts';

export interface Options {
  /** Parts that the user named. */
  asked: string[];
  /** Parts to remove: these, those that need them, and the command once nothing else is left. */
  parts: string[];
  dryRun: boolean;
  force: boolean;
  help: boolean;
}

const SEE_HELP = 'see npm run eject -- --help';

/** @throws Refusal */
export function optionsOf(args: string[]): Options {
  const { values, positionals } = parsed(args);
  const unknown = positionals.find((name) => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    throw new Refusal(`There is no part '${unknown}' here; ${knownParts()}`);
  }
  if (positionals.length === 0 && !values.help) {
    throw new Refusal(`Name a part to remove; ${knownParts()}`);
  }
  const asked = [...new Set(positionals)];
  const parts = withCommand(withUsers(asked));
  return { asked, parts, dryRun: values['dry-run'], force: values.force, help: values.help };
}

/** Parts with those that need them, and those that need these. */
export function withUsers(parts: readonly string[]): string[] {
  const users = Object.entries(PARTS)
    .filter(([name, { needs = [] }]) => !parts.includes(name) && needs.some((need) => parts.includes(need)))
    .map(([name]) => name);
  return users.length === 0 ? [...parts] : withUsers([...parts, ...users]);
}

/** The command has nothing to do once the other parts are gone. */
function withCommand(parts: string[]): string[] {
  const others = Object.keys(PARTS).filter((name) => name !== COMMAND);
  const isLast = parts.length > 0 && others.every((name) => parts.includes(name));
  return isLast ? [...new Set([...parts, COMMAND])] : parts;
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Refusal(`${(error as Error).message}; ${SEE_HELP}`);
  }
}

const knownParts = (): string => `there is ${Object.keys(PARTS).join(', ') || 'none left'}; ${SEE_HELP}`;

export function helpText(): string {
  const width = Math.max(0, ...Object.keys(PARTS).map((name) => name.length));
  const rows = Object.entries(PARTS).map(([name, part]) => `  ${name.padEnd(width)}  ${rowOf(part)}`);
  return `Usage: npm run eject -- PART... [options]

Removes parts that you do not need from this project: their files, tests, scripts and packages, their lines in
other files, and the links to their pages. Parts that need them are removed too. The rest passes npm run check and npm test.

Parts:
${rows.join('\n') || '  none left'}

Options:
  --dry-run  Print what would change, without changing it.
  --force    Remove even what git could not restore: with uncommitted changes, ignored files, or without git.
  --help     Print this.`;
}

const rowOf = ({ says, needs = [] }: Part): string =>
  needs.length > 0 ? `${says} (needs ${needs.join(', ')})` : says;
