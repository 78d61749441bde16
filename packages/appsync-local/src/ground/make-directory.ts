import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder and the missing ones above it. Node.js's own `recursive` never ends below `/proc`, where a folder cannot be made because
 * it "does not exist" (ENOENT), on Node.js 20.
 * @param directory absolute
 * @param mode permission bits of each new folder. @default those of the process
 * @throws the system's error when one cannot be created, or is a file
 */
export function makeDirectory(directory: string, mode?: number): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    return;
  }
  const above = dirname(directory);
  if (above !== directory) {
    makeDirectory(above, mode);
  }
  try {
    mkdirSync(directory, { mode });
  } catch (error) {
    // Another process may have been faster.
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
      throw error;
    }
  }
}
