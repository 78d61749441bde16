import type { Copy } from '../harness/copy.ts';

/** What the tests expect of callers and fields. */
export const WHO_MAY = 'tests/api/harness/who-may.ts';

export const insertRow = (copy: Copy, before: RegExp, row: string): void =>
  copy.insertBefore(WHO_MAY, before, row);

/** Imports the document of an operation there. */
export const importDocument = (copy: Copy, name: string): void =>
  copy.edit(WHO_MAY, /^ {2}GetItemsDocument,$/, (found) => `${found}\n  ${name},`);

/** Imports a way to try a field there. */
export const importAttempt = (copy: Copy, name: string): void =>
  copy.edit(WHO_MAY, /^ {2}type Attempt,$/, (found) => `  ${name},\n${found}`);
