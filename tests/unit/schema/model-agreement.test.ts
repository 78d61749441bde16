import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { filterMembers, MEMBERS as members } from '../../../model/item.ts';
import { disagreements } from '../../../schema/model-agreement.ts';
import { readSchema } from '../../../schema/read-schema.ts';

const text = (file: string): string =>
  readFileSync(new URL(`../../../schema/${file}`, import.meta.url), 'utf8');

/** The schema with a passage replaced, everywhere after a heading. */
function changed(heading: string, passage: RegExp, replacement: string) {
  const schema = text('schema.graphql');
  const at = schema.indexOf(heading);
  const rest = schema.slice(at).replace(passage, replacement);
  expect(schema.slice(at)).not.toBe(rest);
  return buildSchema(text('aws.graphql') + schema.slice(0, at) + rest);
}

const UNKNOWN = 'which no resolver or function knows: add it to';
const MEMBERS = 'MEMBERS of model/item.ts';
const AT = 'schema/schema.graphql:';
const ofInt = filterMembers()
  .filter((name) => members[name].filter === 'int')
  .join(', ');

it('schema and model agree', () => {
  expect(disagreements(readSchema())).toEqual([]);
});

it.each<[string, string, RegExp, string, string[]]>([
  [
    'a member',
    'type Item ',
    /\{/,
    '{ newMember: [String!]',
    [`${AT} Item has newMember, ${UNKNOWN} ${MEMBERS}`],
  ],
  [
    'a member of an input',
    'input UpdateItemInput',
    /\{/,
    '{ newMember: [String!]',
    [`${AT} UpdateItemInput has newMember, ${UNKNOWN} ${MEMBERS}`],
  ],
  [
    'a member of a filter',
    'input ItemFilterInput',
    /\{/,
    '{ newMember: StringFilterInput',
    [`${AT} ItemFilterInput has newMember, ${UNKNOWN} ${MEMBERS}`],
  ],
  [
    'an operator',
    'input IntFilterInput',
    /\{/,
    '{ newOperator: Boolean',
    [`${AT} IntFilterInput has newOperator, ${UNKNOWN} OPERATORS of model/filter.ts for "int" (${ofInt})`],
  ],
  // part: change-feed
  [
    'an operator of a subscription',
    'input ChangeTextFilterInput',
    /\{/,
    '{ newOperator: Boolean',
    [`${AT} ChangeTextFilterInput has newOperator, ${UNKNOWN} OPERATORS of model/filter.ts`],
  ],
  // end: change-feed
])('tells of %s that only the schema has', (_, heading, passage, replacement, problems) => {
  expect(disagreements(changed(heading, passage, replacement))).toEqual(problems);
});

it.each([
  [
    'a member that it lacks',
    'input PutItemInput',
    /expiresAt: AWSTimestamp/,
    'newMember: Int',
    [
      `${AT} PutItemInput has newMember, ${UNKNOWN} ${MEMBERS}`,
      `${AT} PutItemInput lacks expiresAt, which stands in ${MEMBERS}: add it, or drop it there`,
    ],
  ],
  [
    'another type than the model has',
    'input PutItemInput',
    /expiresAt: AWSTimestamp/,
    'expiresAt: String',
    [`${AT} PutItemInput.expiresAt is String; 'seconds' of ${MEMBERS} is written AWSTimestamp`],
  ],
  [
    'a null where every item has a value',
    'type Item ',
    /version: Int!/,
    'version: Int',
    [`${AT} Item.version is Int; it must end in !, for every item has it (${MEMBERS})`],
  ],
  [
    'a value where an item may have none',
    'type Item ',
    /owner: String/,
    'owner: String!',
    [`${AT} Item.owner is String!; it must not end in !, for an item may be without it (${MEMBERS})`],
  ],
])('tells of %s', (_, heading, passage, replacement, problems) => {
  expect(disagreements(changed(heading, passage, replacement))).toEqual(problems);
});
