import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever its kernel ticks in (USER_HZ; man 5 proc, /proc/pid/stat). */
export const TICKS_A_SECOND = 100;

/** The processes of this machine; Linux alone says it. */
export const processIds = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/**
 * The numbers of /proc/PID/stat from field 3 on, which is a letter: the second one is the command's name, which may hold spaces.
 * @throws when the process has ended
 */
export function statOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}
