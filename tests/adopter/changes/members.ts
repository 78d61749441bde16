import type { Copy } from '../harness/copy.ts';
import { SCHEMA } from './schema.ts';

/*
 * The steps of "Add a member to an item" and "Add a filter operator" of CONTRIBUTING.md. Names that somebody has taken are passed over, so that
 * these tests stay green in a project that has `tags` already.
 */

const INPUTS = [
  'ChangedItemInput', // part: change-feed
  'PutItemInput',
  'UpdateItemInput',
  'PutValidatedItemInput', // part: validated-items
];

/** Where the fields of a type begin. */
const fieldsOf = (kind: 'type' | 'input', name: string): RegExp => new RegExp(`^${kind} ${name}\\b[^{]*\\{$`);

/** The first of these names that the schema does not have. */
const freeName = (copy: Copy, ...names: string[]): string =>
  names.find((name) => !new RegExp(`\\b${name}:`).test(copy.read(SCHEMA)))!;

/** A member such as `tags: [String!]`, which clients set and filters look into. @returns its name */
export function addMemberToSchema(copy: Copy): string {
  const name = freeName(copy, 'tags', 'topics', 'wordsOfNobodyElse');
  const filter = `${name[0]!.toUpperCase()}${name.slice(1)}FilterInput`;
  copy.insertAfter(SCHEMA, fieldsOf('type', 'Item'), `  ${name}: [String!]`);
  for (const input of INPUTS) {
    copy.insertAfter(SCHEMA, fieldsOf('input', input), `  ${name}: [String!]`);
  }
  copy.insertAfter(SCHEMA, fieldsOf('input', 'ItemFilterInput'), `  ${name}: ${filter}`);
  copy.insertBefore(
    SCHEMA,
    fieldsOf('input', 'StringFilterInput'),
    `input ${filter} {\n  contains: String\n  exists: Boolean\n}\n`,
  );
  return name;
}

export function addMemberToModel(copy: Copy, name: string): void {
  const row = `  ${name}: { type: 'texts', always: false, setBy: 'client', inApi: true, filter: 'texts' },`;
  copy.insertBefore('model/item.ts', '} as const satisfies Record<string, Member>;', row);
}

/** An operator such as `notContains`, for values in the payload. @returns its name */
export function addOperatorToSchema(copy: Copy): string {
  const name = freeName(copy, 'notContains', 'lacks', 'operatorOfNobodyElse');
  copy.insertAfter(SCHEMA, fieldsOf('input', 'PayloadFilterInput'), `  ${name}: AWSJSON`);
  return name;
}

/** Its row, what it means in a client, and a row in each of the two tests that look at operators. */
export function addOperatorToModel(copy: Copy, name: string): void {
  const row = `  ${name}: { operand: 'any', text: 'NOT contains(@, $)', negative: true, takesNull: false, on: ['payload'] },`;
  copy.insertBefore('model/filter.ts', '} as const satisfies Record<string, Row>;', row);
  // part: live-items
  copy.insertAfter(
    'model/query/holds.ts',
    /^const MEANINGS: .*\{$/,
    `  ${name}: (value, operand) => !holds('contains', value, operand),`,
  );
  // end: live-items
  copy.insertAfter(
    'tests/unit/model/filter.test.ts',
    /^const CLAUSES: .*\[$/,
    `  ['${name}', 'a', 'NOT contains(#f0, :f0)', ['a'], true],`,
  );
  copy.insertAfter(
    'tests/api/filters.test.ts',
    /^test\.each<\[string, PayloadFilterInput, string\[\]\]>\(\[$/,
    `  ['${name}', { path: 'tags', ${name}: '"red"' }, Object.keys(payloads).filter((one) => one !== 'small').sort()],`,
  );
}
