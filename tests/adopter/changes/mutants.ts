/** A mistake that somebody makes, and the tests that must not let it pass. */
export interface Mutant {
  mistake: string;
  file: string;
  /** It stands there once. */
  passage: string;
  replacement: string;
  /** Projects and files to run. */
  tests: [project: string, ...files: string[]];
  /** What the failure names. */
  named: string;
}

const MEMBERS_TEST = '/members.test';

export const MUTANTS: Mutant[] = [
  {
    mistake: 'a new field forgets to ask whose item it shows',
    file: 'resolvers/Query.getItem.ts',
    passage: 'return readableItem(ctx, ctx.result as StoredItem | null);',
    replacement: 'return readableItem === undefined ? null : (ctx.result as StoredItem | null);',
    tests: ['unit', 'unit/resolvers/Query.getItem.test'],
    named: 'Query.getItem.test.ts',
  },
  {
    mistake: 'an operator is turned',
    file: 'model/filter.ts',
    passage: "text: '@ >= $'",
    replacement: "text: '@ > $'",
    tests: ['unit', 'unit/model/filter.test'],
    named: 'filter.test.ts',
  },
  {
    mistake: 'a member that is null is not cleared',
    file: 'resolvers/shared/item-update.ts',
    passage: 'update.remove.push(`#${name}`);',
    replacement: 'update.names[`#${name}`] = name;',
    tests: ['unit', 'unit/resolvers/pipeline/put-item.test'],
    named: 'put-item.test.ts',
  },
  {
    mistake: 'a role lacks a grant',
    file: 'infra/data-sources.ts',
    passage: "'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Scan'",
    replacement: "'dynamodb:GetItem', 'dynamodb:Scan'",
    tests: ['api (memory)', '/read-items.test'],
    named: 'dynamodb:BatchGetItem',
  },
  // part: change-feed
  {
    mistake: 'the log loses a member',
    file: 'functions/publish-item-change/logged-json.ts',
    passage: "if (value !== null && name !== 'payload') {",
    replacement: "if (value !== null && name !== 'payload' && name !== 'expiresAt') {",
    tests: ['api (memory)', MEMBERS_TEST],
    named: 'members.test.ts',
  },
  {
    mistake: 'what is published of a change loses a member',
    file: 'functions/publish-item-change/document.ts',
    passage: "fragment Whole on Item { ${itemMembers().join(' ')} }",
    replacement:
      "fragment Whole on Item { ${itemMembers().filter((name) => name !== 'expiresAt').join(' ')} }",
    tests: ['api (memory)', MEMBERS_TEST],
    named: 'members.test.ts',
  },
  // end: change-feed
  {
    mistake: 'the Lambda function loses a member',
    file: 'model/item.ts',
    passage: 'answered[name] = item[name] ?? null;',
    replacement: "answered[name] = name === 'expiresAt' ? null : (item[name] ?? null);",
    tests: ['api (memory)', MEMBERS_TEST],
    named: 'members.test.ts',
  },
  // part: transfer
  {
    mistake: 'the export loses a member',
    file: 'transfer/format/json-lines.ts',
    passage: 'const NAMES: readonly string[] = itemMembers();',
    replacement:
      "const NAMES: readonly string[] = itemMembers().map((name) => (name === 'expiresAt' ? 'id' : name));",
    tests: ['transfer', MEMBERS_TEST],
    named: 'members.test.ts',
  },
  // end: transfer
];
