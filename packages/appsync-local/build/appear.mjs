import { existsSync, renameSync, rmSync } from 'node:fs';

/** Gives a folder that was built aside its name, so that a half-written one is never used. */
export function appear(aside, target) {
  try {
    renameSync(aside, target);
  } catch (error) {
    // Another start was quicker; its folder is the same.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(target)) {
      throw error;
    }
  }
}
