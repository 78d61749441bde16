import type { Copy } from '../harness/copy.ts';
import { insertRow, WHO_MAY } from './who-may.ts';

/** A group `auditors` that reads everything and writes nothing. */
export function addGroup(copy: Copy): void {
  copy.insertBefore(
    'model/caller.ts',
    /^ {2}\{\n {4}authType: 'User Pool Authorization',\n {4}group: null,/,
    `  {
    authType: 'User Pool Authorization',
    group: 'auditors',
    readsAll: true,
    writesAll: false,
    writesOwn: false,
    owns: false,
  },`,
  );
}

/** What the tests expect of the group. */
export function expectGroup(copy: Copy): void {
  insertRow(
    copy,
    /^ {2}IAM: \{/,
    "  auditors: { credentials: { mode: 'user', user: 'auditor', groups: ['auditors'] }, owns: false, ...EVERYTHING, write: [] },",
  );
  copy.write(
    WHO_MAY,
    copy
      .read(WHO_MAY)
      .replaceAll("only: ['User Pool', 'admins',", "only: ['User Pool', 'admins', 'auditors',"),
  );
}
