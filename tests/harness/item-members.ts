import {
  getNamedType,
  getNullableType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import { readSchema } from '../../schema/read-schema.ts';

/*
 * The members of an item as schema/schema.graphql has them today, with values made for them: what follows a member through the whole
 * project follows the next one, too.
 */

const schema = readSchema();

/** Values that go over the wire as they are, by scalar. Those of two turns differ. */
const SCALARS: Record<string, (turn: number) => unknown> = {
  ID: (turn) => `text ${turn}`,
  String: (turn) => `text ${turn}`,
  Int: (turn) => 40 + turn,
  Float: (turn) => turn + 0.5,
  Boolean: (turn) => turn % 2 === 1,
  AWSJSON: (turn) => JSON.stringify({ turn, texts: ['a', `b${turn}`], inside: { is: true, nothing: null } }),
  AWSTimestamp: (turn) => 4_102_444_800 + turn,
  AWSDateTime: (turn) => `210${turn}-01-01T00:00:00.000Z`,
  AWSDate: (turn) => `210${turn}-01-01`,
  AWSTime: (turn) => `0${turn}:00:00.000`,
  AWSEmail: (turn) => `somebody-${turn}@example.com`,
  AWSURL: (turn) => `https://example.com/${turn}`,
  AWSPhone: (turn) => `+4930123456${turn}`,
  AWSIPAddress: (turn) => `192.0.2.${turn}`,
};

/** @throws Error for a type that no value is known for, so that no member goes untried */
function valueOf(type: GraphQLInputType | GraphQLOutputType, turn: number): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return [
      valueOf(nullable.ofType as GraphQLInputType, turn),
      valueOf(nullable.ofType as GraphQLInputType, turn + 2),
    ];
  }
  if (isEnumType(nullable)) {
    const values = nullable.getValues();
    return values[turn % values.length]!.name;
  }
  const make = SCALARS[String(nullable)];
  if (!make) {
    throw new Error(
      `no value is known for ${String(type)}: add one to SCALARS of tests/harness/item-members.ts`,
    );
  }
  return make(turn);
}

const item = schema.getType('Item');
const ITEM_FIELDS = isObjectType(item) ? item.getFields() : {};

/** Members of the API's type `Item`. */
export const itemMembers = Object.keys(ITEM_FIELDS);

/** Members of the item that the input of a write says, but for the id. */
export function membersOf(input: string): string[] {
  return Object.keys(inputType(input).getFields()).filter((name) => name !== 'id' && name in ITEM_FIELDS);
}

/** Those of them that may be null. */
export function nullableMembersOf(input: string): string[] {
  const fields = inputType(input).getFields();
  return membersOf(input).filter((name) => getNullableType(fields[name]!.type) === fields[name]!.type);
}

/** A value for each of them. @param turn 1 to 7 */
export function valuesFor(input: string, turn: number): Record<string, unknown> {
  const fields = inputType(input).getFields();
  return Object.fromEntries(membersOf(input).map((name) => [name, valueOf(fields[name]!.type, turn)]));
}

/** Values that cannot be stored, for each of them that holds text. */
export function brokenValuesFor(input: string): [name: string, value: unknown][] {
  const fields = inputType(input).getFields();
  return membersOf(input).flatMap((name): [string, unknown][] => {
    const type = getNullableType(fields[name]!.type);
    const isText = ['String', 'ID'].includes(getNamedType(type).name);
    return isText ? [[name, isListType(type) ? ['whole', '\uD800'] : '\uD800']] : [];
  });
}

/** Even, where the items of tests have an odd one: there are only two flags. */
const UNMET = 6;

/** Of each member that a filter can ask for: a condition that the item, made in an odd turn, meets, and one that it does not. */
export function conditionsOn(
  found: Readonly<Record<string, unknown>>,
): { name: string; met: object; unmet: object }[] {
  const fields = Object.values(inputType('ItemFilterInput').getFields());
  return fields
    .filter(({ name }) => name in ITEM_FIELDS)
    .map(({ name, type }) => ({
      name,
      met: { [name]: condition(type, found[name]) },
      unmet: { [name]: condition(type, valueOf(ITEM_FIELDS[name]!.type, UNMET)) },
    }));
}

/** @throws Error for an input whose operators are not known here, so that no member goes untried */
function condition(type: GraphQLInputType, value: unknown): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    return [{ path: '', ...(condition(nullable.ofType as GraphQLInputType, value) as object) }];
  }
  const operators = isInputObjectType(nullable) ? Object.keys(nullable.getFields()) : [];
  if (operators.includes('eq')) {
    return { eq: value };
  }
  if (operators.includes('contains') && Array.isArray(value)) {
    return { contains: value[0] as unknown };
  }
  if (operators.includes('ge') && operators.includes('le')) {
    return { ge: value, le: value };
  }
  throw new Error(`no condition is known for ${String(type)}: add one to tests/harness/item-members.ts`);
}

function inputType(name: string): GraphQLInputObjectType {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) {
    throw new Error(`the schema has no input ${name}`);
  }
  return type;
}

/** An item to compare: JSON texts are the same when their values are. */
export function comparable(one: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(one as object).map(([name, value]) => [name, isJson(name) ? jsonOf(value) : value]),
  );
}

const isJson = (name: string): boolean =>
  name in ITEM_FIELDS && String(getNullableType(ITEM_FIELDS[name]!.type)) === 'AWSJSON';
const jsonOf = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
