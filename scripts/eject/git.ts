import { spawnSync } from 'node:child_process';
import { Refusal } from './options.ts';

/**
 * Refuses to touch what git could not bring back.
 *
 * @throws Refusal when there is a change that is not committed, or no git
 */
export function refuseUncommitted(root: string): void {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (status !== 0) {
    throw new Refusal(
      'This folder is not under git, so nothing could be brought back; run git init and commit, or pass --force',
    );
  }
  const changes = stdout.split('\n').filter(Boolean);
  if (changes.length > 0) {
    const shown = changes.slice(0, 10).join('\n');
    const more = changes.length > 10 ? `\nand ${changes.length - 10} more` : '';
    throw new Refusal(
      `git has changes that are not committed; commit them, or pass --force:\n${shown}${more}`,
    );
  }
}
