import type { Copy } from '../harness/copy.ts';
import { OPERATIONS, SCHEMA } from './schema.ts';
import { importAttempt, importDocument, insertRow } from './who-may.ts';

const RESOLVER = 'resolvers/Query.itemExists.ts';

/** The block of README that names a file. */
function blockOf(copy: Copy, language: string, file: string): string {
  const [, text] = copy.read('README.md').split(`\`\`\`${language} ${file}\n`);
  return text!.slice(0, text!.indexOf('```'));
}

/** The field of README, "Add a field", of which only the schema knows. */
export function addReadmeField(copy: Copy): void {
  copy.insertAfter(SCHEMA, /^type Query [^{]*\{$/, blockOf(copy, 'graphql', SCHEMA));
  copy.append(OPERATIONS, 'query ItemExists($id: ID!) {\n  itemExists(id: $id)\n}\n');
}

export const resolveReadmeField = (copy: Copy): void => copy.write(RESOLVER, blockOf(copy, 'ts', RESOLVER));

/** The row that README, "Add a field", has for the table of who may call a field. @throws without one */
export function rowIn(readme: string): string {
  const row = /`('Query\.itemExists': [^`]+)`/.exec(readme)?.[1];
  if (row === undefined) {
    throw new Error('README.md has no row for Query.itemExists any more');
  }
  return row;
}

export function expectReadmeField(copy: Copy): void {
  insertRow(copy, /^ {2}'Query\.getItem'/, `  ${rowIn(copy.read('README.md'))},`);
  importDocument(copy, 'ItemExistsDocument');
  importAttempt(copy, 'asking');
}
