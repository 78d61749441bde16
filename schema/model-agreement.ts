import {
  getNamedType,
  getNullableType,
  type GraphQLFieldMap,
  type GraphQLInputFieldMap,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { CHANGE_FILTERS } from '../model/change-filter.ts';
import { CHANGE_MEMBERS } from '../model/change-log.ts';
import { type OperatorOn, operatorsOn } from '../model/filter.ts';
import {
  clientMembers,
  type FilterMember,
  filterMembers,
  type ItemMember,
  itemMembers,
  type Members,
  MEMBERS,
  type MemberType,
} from '../model/item.ts';
import type {
  ChangedItemInput,
  ChangeTextFilterInput,
  Item,
  ItemChange,
  ItemChangeFilterInput,
  ItemChangeInput,
  ItemChangeTypeFilterInput,
  ItemFilterInput,
  PutItemInput,
  PutValidatedItemInput,
  UpdateItemInput,
} from './generated/schema.ts';

/*
 * Compares the schema with the model. A member or an operator that only one of them has would be dropped without a word, so it is an
 * error of the type checker, and `npm run codegen` and the synth refuse it with a sentence.
 */

/** What a write says besides the members of the item. */
const OF_THE_WRITE = ['id' as const, 'owner' as const, 'expectedVersion' as const];
// part: change-feed
/** The items of a change, besides its own members. */
const OF_A_CHANGE = ['item' as const, 'previous' as const];
// end: change-feed
/** Filters inside a filter. */
const GROUPS = ['and' as const, 'or' as const, 'not' as const];

type Types = {
  Item: Item;
  ChangedItemInput: ChangedItemInput; // part: change-feed
  PutItemInput: PutItemInput;
  UpdateItemInput: UpdateItemInput;
  PutValidatedItemInput: PutValidatedItemInput; // part: validated-items
  ItemFilterInput: ItemFilterInput;
  // part: change-feed
  ItemChange: ItemChange;
  ItemChangeInput: ItemChangeInput;
  ItemChangeFilterInput: ItemChangeFilterInput;
  ChangeTextFilterInput: ChangeTextFilterInput;
  ItemChangeTypeFilterInput: ItemChangeTypeFilterInput;
  // end: change-feed
};

const IN_MEMBERS = 'MEMBERS of model/item.ts';
// part: change-feed
const IN_CHANGES = 'CHANGE_MEMBERS of model/change-log.ts';
const IN_CHANGE_FILTERS = 'CHANGE_FILTERS of model/change-filter.ts';
// end: change-feed
const IN_OPERATORS = 'OPERATORS of model/filter.ts';

/** The fields of a type as the model has them, and where that says so. */
const FIELDS = {
  Item: { names: itemMembers(), home: IN_MEMBERS },
  ChangedItemInput: { names: itemMembers(), home: IN_MEMBERS }, // part: change-feed
  PutItemInput: {
    names: [...OF_THE_WRITE, ...clientMembers(), 'clientRequestToken' as const],
    home: IN_MEMBERS,
  },
  UpdateItemInput: { names: [...OF_THE_WRITE, ...clientMembers()], home: IN_MEMBERS },
  // part: validated-items
  PutValidatedItemInput: {
    names: [...OF_THE_WRITE, ...clientMembers(), 'kind' as const],
    home: IN_MEMBERS,
  },
  // end: validated-items
  ItemFilterInput: { names: [...filterMembers(), ...GROUPS], home: IN_MEMBERS },
  // part: change-feed
  ItemChange: { names: [...CHANGE_MEMBERS, ...OF_A_CHANGE], home: IN_CHANGES },
  ItemChangeInput: { names: [...CHANGE_MEMBERS, ...OF_A_CHANGE], home: IN_CHANGES },
  ItemChangeFilterInput: { names: CHANGE_FILTERS, home: IN_CHANGE_FILTERS },
  ChangeTextFilterInput: { names: operatorsOn('change'), home: IN_OPERATORS },
  ItemChangeTypeFilterInput: { names: operatorsOn('change type'), home: IN_OPERATORS },
  // end: change-feed
} satisfies { [Name in keyof Types]: { names: (keyof Types[Name])[]; home: string } };

/** `'tags' does not satisfy the constraint 'never'` says that the schema has `tags` and the model does not. */
type Agree<Unknown extends never> = Unknown;

type Fields = typeof FIELDS;
type UnknownFields = {
  [Name in keyof Types]: Exclude<keyof Types[Name], Fields[Name]['names'][number]>;
}[keyof Types];

type Asked<Name extends FilterMember> = Name extends 'payload'
  ? Omit<NonNullable<ItemFilterInput['payload']>[number], 'path'>
  : NonNullable<ItemFilterInput[Name]>;
type Difference<A, B> = Exclude<A, B> | Exclude<B, A>;
/** In the input that asks for a member, or else on its place in the model. */
type UnknownOperators = {
  [Name in FilterMember]: Difference<keyof Asked<Name>, OperatorOn<Members[Name]['filter']>>;
}[FilterMember];

export type Agreement = [Agree<UnknownFields>, Agree<UnknownOperators>];

/** How the schema writes a member of each type; an enum is a text, too. */
const WRITTEN: Record<MemberType, readonly string[]> = {
  text: ['String', 'ID', 'AWSDate', 'AWSTime', 'AWSEmail', 'AWSURL', 'AWSPhone', 'AWSIPAddress'],
  int: ['Int'],
  time: ['AWSDateTime'],
  seconds: ['AWSTimestamp'],
  json: ['AWSJSON'],
  texts: ['[String!]', '[ID!]'],
  flag: ['Boolean'],
};

/** @returns what the schema and the model say differently, a sentence each; none when they agree */
export function disagreements(schema: GraphQLSchema): string[] {
  return [
    ...Object.entries(FIELDS).flatMap(([type, { names, home }]) =>
      differences(type, Object.keys(fieldsOf(schema, type)), names, home),
    ),
    ...filterMembers().flatMap((name) => operatorDifferences(schema, name)),
    ...itemMembers().flatMap((name) => typeDifferences(schema, name)),
  ];
}

function fieldsOf(
  schema: GraphQLSchema,
  name: string,
): GraphQLFieldMap<unknown, unknown> | GraphQLInputFieldMap {
  const type = schema.getType(name);
  return isObjectType(type) || isInputObjectType(type) ? type.getFields() : {};
}

function differences(
  type: string,
  inSchema: readonly string[],
  inModel: readonly string[],
  home: string,
): string[] {
  const unknown = inSchema.filter((name) => !inModel.includes(name));
  const missing = inModel.filter((name) => !inSchema.includes(name));
  return [
    ...unknown.map(
      (name) =>
        `schema/schema.graphql: ${type} has ${name}, which no resolver or function knows: add it to ${home}`,
    ),
    ...missing.map(
      (name) =>
        `schema/schema.graphql: ${type} lacks ${name}, which stands in ${home}: add it, or drop it there`,
    ),
  ];
}

function operatorDifferences(schema: GraphQLSchema, name: FilterMember): string[] {
  const place = MEMBERS[name].filter;
  const asked = fieldsOf(schema, 'ItemFilterInput')[name];
  if (!asked) {
    return [];
  }
  const type = getNamedType(asked.type).name;
  const operators = Object.keys(fieldsOf(schema, type)).filter((field) => field !== 'path');
  return differences(type, operators, operatorsOn(place), `${IN_OPERATORS} for "${place}" (${name})`);
}

/** Inputs that say members of an item; each has the type that the item has. */
const INPUTS = [
  'ChangedItemInput', // part: change-feed
  'PutItemInput',
  'UpdateItemInput',
  'PutValidatedItemInput', // part: validated-items
];

/** A member whose type in the model is another than in the schema would be refused where it is read back. */
function typeDifferences(schema: GraphQLSchema, name: ItemMember): string[] {
  const { type } = MEMBERS[name];
  const wrong = ['Item', ...INPUTS].flatMap((of) => {
    const written = fieldsOf(schema, of)[name]?.type;
    return written && !isWrittenAs(written, type) ? [`${of}.${name} is ${String(written)}`] : [];
  });
  return [
    ...wrong.map(
      (is) =>
        `schema/schema.graphql: ${is}; '${type}' of ${IN_MEMBERS} is written ${WRITTEN[type].join(' or ')}`,
    ),
    ...nullDifference(schema, name),
    ...timeOfClient(name),
  ];
}

function isWrittenAs(type: GraphQLOutputType | GraphQLInputType, as: MemberType): boolean {
  const nullable = getNullableType(type);
  return WRITTEN[as].includes(String(nullable)) || (as === 'text' && isEnumType(nullable));
}

/** A null where there may be none would take the whole item away. */
function nullDifference(schema: GraphQLSchema, name: ItemMember): string[] {
  const { always, type } = MEMBERS[name];
  const answered = fieldsOf(schema, 'Item')[name]?.type;
  const isNeverNull = always && type !== 'json';
  if (!answered || isNonNullType(answered) === isNeverNull) {
    return [];
  }
  const what = isNeverNull
    ? 'must end in !, for every item has it'
    : 'must not end in !, for an item may be without it';
  return [`schema/schema.graphql: Item.${name} is ${String(answered)}; it ${what} (${IN_MEMBERS})`];
}

/** Stored times compare as text, so all are in UTC with milliseconds; those of a client have any form. */
function timeOfClient(name: ItemMember): string[] {
  const { type, setBy }: { type: MemberType; setBy: string } = MEMBERS[name];
  return type === 'time' && setBy === 'client'
    ? [
        `${IN_MEMBERS}: clients cannot set the time ${name}; make it 'seconds', which the schema writes AWSTimestamp`,
      ]
    : [];
}
