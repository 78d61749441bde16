import { statSync } from 'node:fs';

/** Whether a path leads to a file, through links too. */
export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
