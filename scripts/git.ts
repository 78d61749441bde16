import { spawnSync } from 'node:child_process';
import { isMadeAnew } from './made-anew.ts';
import { Refusal } from './refusal.ts';

/** Lines of a list in a message; of more, their number is given. */
const SHOWN = 10;

/**
 * Refuses to change files where git could not bring back what they were.
 *
 * @throws Refusal when there is a change that is not committed, or no git
 */
export function refuseUncommitted(root: string): void {
  const changes = statusOf(root, []);
  if (changes === undefined) {
    throw new Refusal(
      'This folder is not under git, so nothing could be brought back; run git init and commit, or pass --force',
    );
  }
  if (changes.length > 0) {
    throw new Refusal(
      `git has changes that are not committed; commit them, or pass --force:\n${listed(changes)}`,
    );
  }
}

/**
 * Refuses to remove what git could not bring back.
 *
 * @param removed files and folders, below the root
 * @throws Refusal when there is a change that is not committed, a file to remove that git ignores, or no git
 */
export function refuseLoss(root: string, removed: readonly string[]): void {
  refuseUncommitted(root);
  const ignored = (statusOf(root, ['--ignored', '--', ...removed]) ?? [])
    .map((line) => line.slice('!! '.length))
    .filter((path) => !isMadeAnew(path));
  if (ignored.length > 0) {
    throw new Refusal(
      `git ignores files that would be removed; move them away, or pass --force:\n${listed(ignored)}`,
    );
  }
}

/** @returns undefined where there is no git */
function statusOf(root: string, options: readonly string[]): string[] | undefined {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain', ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split('\n').filter(Boolean) : undefined;
}

function listed(lines: readonly string[]): string {
  const rest = lines.length - SHOWN;
  return [...lines.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
