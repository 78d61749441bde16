import { expect, it } from 'vitest';
import { namesIn, renamedCode, type Source } from '../../../../scripts/rename/rename-code.ts';
import { toEntry } from './harness/renaming.ts';

function entered(text: string, more: Partial<Source> = {}): string {
  const isOurs = (specifier: string): boolean => specifier.startsWith('./ours/');
  return renamedCode(
    { file: 'a.ts', text, isOurs, isAlwaysType: false, isDynamoDb: false, ...more },
    toEntry,
  );
}

it('tells the type from a member that DynamoDB calls the same', () => {
  const code = `import type { Item } from './ours/item.ts';
export const one: Item | null = null, many = new Map<string, Item[]>();
const { Item } = await client.send(command);
send({ Put: { Item: row } }, answer.Item?.id);`;

  expect(entered(code)).toBe(`import type { Entry } from './ours/entry.ts';
export const one: Entry | null = null, many = new Map<string, Entry[]>();
const { Item } = await client.send(command);
send({ Put: { Item: row } }, answer.Item?.id);`);
});

it('leaves what comes from a module of others, and its path', () => {
  const code = `import { withItem } from '../theirs/put-item.ts';
import { type PutItemInput } from '@aws-sdk/client-dynamodb';
import { toItem } from './ours/to-item.ts';
withItem(toItem as PutItemInput);`;

  expect(entered(code)).toBe(`import { withItem } from '../theirs/put-item.ts';
import { type PutItemInput } from '@aws-sdk/client-dynamodb';
import { toEntry } from './ours/to-entry.ts';
withItem(toEntry as PutItemInput);`);
});

it('takes each bare name for the type in a folder that has nothing to do with DynamoDB', () => {
  expect(entered('const FIELDS = { Item: members }; `Omit<Item, 1>`;', { isAlwaysType: true })).toBe(
    'const FIELDS = { Entry: members }; `Omit<Entry, 1>`;',
  );
});

it('takes the name of an operation for ours where it comes from our module', () => {
  expect(entered("import type { PutItem } from './ours/inputs.ts'; f<PutItem>('UpdateItem');")).toBe(
    "import type { PutEntry } from './ours/inputs.ts'; f<PutEntry>('UpdateItem');",
  );
  expect(entered('interface PutItem { minItems: 1 }', { isAlwaysType: true })).toBe(
    'interface PutEntry { minItems: 1 }',
  );
});

it('takes the bare name in quotes for the type, but where texts speak of DynamoDB', () => {
  const code = "has(value, 'Item'); // the type `Item`";

  expect(entered(code)).toBe("has(value, 'Entry'); // the type `Entry`");
  expect(entered(code, { isDynamoDb: true })).toBe("has(value, 'Item'); // the type `Entry`");
});

it('counts the names of the code, and not the words of comments', () => {
  expect([...namesIn({ file: 'a.ts', text: '/** item */ item(other, item);' })]).toEqual([
    ['item', 2],
    ['other', 1],
  ]);
});
