import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Refusal } from '../refusal.ts';
import { filesBelow, hasNames, isAlwaysType, isCode, isDynamoDb, isRenamed } from './files.ts';
import { namesIn, renamedCode } from './rename-code.ts';
import { type Renaming, renamed } from './rename-text.ts';

/** A file's new path and text. */
export interface Change {
  file: string;
  to: string;
  /** Absent for a file that is moved as it is. */
  text?: string;
}

/** Names that a message lists; of more, their number is given. */
const SHOWN = 10;

/**
 * What a renaming changes, without doing it.
 *
 * @param root the project's folder
 * @throws Refusal when something else has one of the new names; it lists all of them
 */
export function planOf(root: string, renaming: Renaming): Change[] {
  const packages = readdirSync(join(root, 'packages'));
  const changes: Change[] = [];
  const taken: string[] = [];
  for (const file of filesBelow(root)) {
    const to = renamed(file, renaming);
    const before = hasNames(file) ? readFileSync(join(root, file), 'utf8') : undefined;
    const text = before === undefined ? undefined : textOf(file, before, renaming, packages);
    if (to !== file || text !== before) {
      changes.push({ file, to, ...(text !== undefined && { text }) });
    }
    if (to !== file && existsSync(join(root, to))) {
      taken.push(to);
    }
    if (text !== before && isCode(file)) {
      taken.push(...takenNames(file, before!, text!));
    }
  }
  refuseTaken(taken);
  return changes;
}

function textOf(file: string, text: string, renaming: Renaming, packages: readonly string[]): string {
  const isOurs = (specifier: string): boolean =>
    specifier.startsWith('.')
      ? isRenamed(posix.join(posix.dirname(file), specifier))
      : specifier.split('/')[0] !== 'appsync-local' && packages.includes(specifier.split('/')[0]!);
  return isCode(file)
    ? renamedCode(
        { file, text, isOurs, isAlwaysType: isAlwaysType(file), isDynamoDb: isDynamoDb(file) },
        renaming,
      )
    : renamed(text, renaming, { isDynamoDb: isDynamoDb(file) });
}

/** Names that a file has already and that others of its names would turn into. */
function takenNames(file: string, before: string, after: string): string[] {
  const had = namesIn({ file, text: before });
  return [...namesIn({ file, text: after })].flatMap(([name, times]) =>
    times > (had.get(name) ?? times) ? [`${name} in ${file}`] : [],
  );
}

function refuseTaken(taken: readonly string[]): void {
  if (taken.length > 0) {
    const rest = taken.length - SHOWN;
    const shown = [...taken.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])];
    throw new Refusal(
      `The new name would make one of two names; choose another, or rename these first:\n${shown.join('\n')}`,
    );
  }
}
