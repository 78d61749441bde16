import type { AttributeValue, Item } from '../../../../data/data-view.ts';

/** An item as ordinary JSON. Sets become lists, binary becomes base64 and long numbers lose digits: see `isPlain`. */
export const plainOf = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));

export function plainValue(value: AttributeValue): unknown {
  const [[type, inner] = ['NULL', true]] = Object.entries(value);
  switch (type) {
    case 'N':
      return Number(inner);
    case 'NS':
      return (inner as string[]).map(Number);
    case 'NULL':
      return null;
    case 'L':
      return (inner as AttributeValue[]).map(plainValue);
    case 'M':
      return plainOf(inner as Item);
    default: // S, B, BOOL, SS and BS are what they are
      return inner;
  }
}

/** Ordinary JSON as DynamoDB's. */
export const typedOf = (plain: Record<string, unknown>): Item =>
  Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, typedValue(value)]));

export function typedValue(value: unknown): AttributeValue {
  if (value === null) {
    return { NULL: true };
  }
  if (Array.isArray(value)) {
    return { L: value.map(typedValue) };
  }
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    default:
      return { M: typedOf(value as Record<string, unknown>) };
  }
}

/** An item with its key first and then by name: DynamoDB returns attributes in no order. */
export function inOrder(item: Item, keyNames: readonly string[]): Item {
  const others = Object.keys(item).filter((name) => !keyNames.includes(name));
  const names = [...keyNames.filter((name) => name in item), ...others.sort()];
  return Object.fromEntries(names.map((name) => [name, item[name]!]));
}

/** Whether ordinary JSON says all that an item says: no sets, no binary, no number of more digits than JavaScript has. */
export const isPlain = (item: Item): boolean => sameJson(typedOf(plainOf(item)), item);

/** Whether two JSON values are the same, in whatever order their members are. */
export const sameJson = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

/**
 * What somebody typed in an editor, as an item.
 * @throws Error that says what is wrong
 */
export function parseItem(text: string, isTyped: boolean): Item {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${(error as Error).message}.`, { cause: error });
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) {
    throw new Error('An item is a JSON object.');
  }
  const long = isTyped ? undefined : longNumberIn(text);
  if (long !== undefined) {
    throw new Error(
      `The number ${long} would lose digits. Write the item as DynamoDB JSON: {"N": "${long}"}.`,
    );
  }
  const wrong = isTyped ? Object.entries(read).find(([, value]) => !isTypedValue(value)) : undefined;
  if (wrong) {
    throw new Error(`${wrong[0]} is not in DynamoDB's JSON; write {"S": "text"} or {"N": "1"}.`);
  }
  return isTyped ? (read as Item) : typedOf(read as Record<string, unknown>);
}

/** JavaScript keeps 15 significant digits of any number; DynamoDB keeps 38. */
const MOST_DIGITS = 15;

function longNumberIn(json: string): string | undefined {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g) ?? [];
  const digitsOf = (token: string): string => token.replace(/[eE].*|\D/g, '').replace(/^0+|0+$/g, '');
  return tokens.find((token) => !token.startsWith('"') && digitsOf(token).length > MOST_DIGITS);
}

const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'];

function isTypedValue(value: unknown): boolean {
  const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return names.length === 1 && TYPES.includes(names[0]!);
}
