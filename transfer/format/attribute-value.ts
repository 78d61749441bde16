import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { MAX_NESTING } from '../../model/limits.ts';
import { setOwn } from '../../packages/appsync-local/src/ground/own-member.ts';
import { canonicalNumber, digitsOf } from './decimal.ts';
import type { ExactJson } from './exact-json.ts';
import type { Row } from './row.ts';
import { below, shown, Unfit, wellFormed } from './unfit.ts';

/** Maps and sets have no order in DynamoDB; files sort them by UTF-16 code units, like RFC 8785. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const sortedNames = (record: object): string[] => Object.keys(record).sort(inOrder);

/**
 * @param depth Lists and maps around it.
 * @throws Unfit for a list or map that is nested too deeply
 */
export function checkDepth(depth: number, pointer: string): void {
  if (depth >= MAX_NESTING) {
    throw new Unfit(
      `${pointer}: more than ${MAX_NESTING} lists and maps inside each other, which is DynamoDB's limit`,
    );
  }
}

/**
 * Checks the name of a map's member. DynamoDB refuses empty names; its emulators may accept them.
 * @throws Unfit
 */
export function memberName(name: string, pointer: string): string {
  if (name === '') {
    throw new Unfit(`${pointer || 'the root'}: has a member with an empty name, which DynamoDB cannot store`);
  }
  return wellFormed(name, pointer);
}

/** @throws Unfit for a number, text or name that DynamoDB cannot keep unchanged, or nesting that is too deep */
export function fromJson(value: ExactJson, pointer: string, depth = 0): AttributeValue {
  if (value === null) {
    return { NULL: true };
  }
  if (typeof value === 'boolean') {
    return { BOOL: value };
  }
  if (typeof value === 'string') {
    return { S: wellFormed(value, pointer) };
  }
  if (Array.isArray(value)) {
    checkDepth(depth, pointer);
    return { L: value.map((element, index) => fromJson(element, below(pointer, index), depth + 1)) };
  }
  if (value instanceof Map) {
    checkDepth(depth, pointer);
    const M: Row = {};
    for (const [name, member] of value) {
      setOwn(M, memberName(name, pointer), fromJson(member, below(pointer, name), depth + 1));
    }
    return { M };
  }
  return { N: canonicalNumber(value.number, pointer) };
}

/** JSON text of a value, numbers with all their digits; null for what JSON lacks: sets and binary. */
export function toJsonText(value: AttributeValue): string | null {
  if (value.S !== undefined) {
    return JSON.stringify(value.S);
  }
  if (value.N !== undefined) {
    return canonicalNumber(value.N, '');
  }
  if (value.BOOL !== undefined) {
    return String(value.BOOL);
  }
  if (value.NULL !== undefined) {
    return 'null';
  }
  if (value.L !== undefined) {
    const elements = value.L.map(toJsonText);
    return elements.includes(null) ? null : `[${elements.join(',')}]`;
  }
  if (value.M === undefined) {
    return null;
  }
  const { M } = value;
  const members = sortedNames(M).map((name) => {
    const text = toJsonText(M[name]!);
    return text === null ? null : `${JSON.stringify(name)}:${text}`;
  });
  return members.includes(null) ? null : `{${members.join(',')}}`;
}

/** The value for checks and claims, with numbers as doubles, as in the API. Sets and binary are absent. */
export function toPlain(value: AttributeValue): unknown {
  if (value.S !== undefined) {
    return value.S;
  }
  if (value.N !== undefined) {
    return Number(value.N);
  }
  if (value.BOOL !== undefined) {
    return value.BOOL;
  }
  if (value.L !== undefined) {
    return value.L.map(toPlain);
  }
  if (value.M !== undefined) {
    const record: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(value.M)) {
      setOwn(record, name, toPlain(member));
    }
    return record;
  }
  return null;
}

const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS', 'BS'];

/**
 * Reads the attributes of an item, or the members of a map.
 *
 * @param depth Lists and maps around them.
 * @throws Unfit with the place and the problem
 */
export function fromDynamoDbRecord(record: object, pointer: string, depth = 0): Row {
  const row: Row = {};
  for (const [name, value] of Object.entries(record)) {
    setOwn(row, memberName(name, pointer), fromDynamoDbJson(value, below(pointer, name), depth));
  }
  return row;
}

/**
 * Reads a value of DynamoDB JSON.
 *
 * @throws Unfit for anything else, with the place
 */
export function fromDynamoDbJson(value: unknown, pointer: string, depth = 0): AttributeValue {
  const types = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const [type] = types;
  if (types.length !== 1 || type === undefined || !TYPES.includes(type)) {
    throw new Unfit(
      `${pointer}: ${shown(value)} is not DynamoDB JSON; expected one member of ${TYPES.join(', ')}`,
    );
  }
  const content = (value as Record<string, unknown>)[type];
  return readTyped(type, content, pointer, depth) ?? wrongContent(type, content, pointer);
}

function wrongContent(type: string, content: unknown, pointer: string): never {
  throw new Unfit(`${pointer}: ${shown(content)} cannot be the value of the type ${type}`);
}

/** Undefined when the content does not match the type. */
function readTyped(
  type: string,
  content: unknown,
  pointer: string,
  depth: number,
): AttributeValue | undefined {
  switch (type) {
    case 'S':
      return typeof content === 'string' ? { S: wellFormed(content, pointer) } : undefined;
    case 'N':
      return typeof content === 'string' ? { N: canonicalNumber(content, pointer) } : undefined;
    case 'B':
      return isBase64(content) ? { B: bytesOf(content) } : undefined;
    case 'BOOL':
      return typeof content === 'boolean' ? { BOOL: content } : undefined;
    case 'NULL':
      return content === true ? { NULL: true } : undefined;
    case 'L':
      if (!Array.isArray(content)) {
        return undefined;
      }
      checkDepth(depth, pointer);
      return { L: content.map((one, index) => fromDynamoDbJson(one, below(pointer, index), depth + 1)) };
    case 'M':
      return isRecord(content) ? readMap(content, pointer, depth) : undefined;
    default:
      return readSet(type, content, pointer);
  }
}

function readMap(content: object, pointer: string, depth: number): AttributeValue {
  checkDepth(depth, pointer);
  return { M: fromDynamoDbRecord(content, pointer, depth + 1) };
}

function readSet(type: string, content: unknown, pointer: string): AttributeValue | undefined {
  if (!Array.isArray(content) || content.length === 0) {
    return undefined;
  }
  if (!content.every((one): one is string => typeof one === 'string')) {
    return undefined;
  }
  const elements =
    type === 'NS'
      ? content.map((one, index) => canonicalNumber(one, below(pointer, index)))
      : content.map((one) => wellFormed(one, pointer));
  if (new Set(elements).size < elements.length) {
    return undefined;
  }
  if (type === 'SS') {
    return { SS: elements };
  }
  if (type === 'NS') {
    return { NS: elements };
  }
  return elements.every(isBase64) ? { BS: elements.map(bytesOf) } : undefined;
}

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBase64 = (value: unknown): value is string =>
  typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

const base64Of = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** Makes bytes of the base64 of a value that JSON.parse has read, in place. */
export function decodeBinary(value: AttributeValue): void {
  if (value.B !== undefined) {
    value.B = bytesOf(value.B as unknown as string);
  } else if (value.M !== undefined) {
    Object.values(value.M).forEach(decodeBinary);
  } else if (value.L !== undefined) {
    value.L.forEach(decodeBinary);
  } else if (value.BS !== undefined) {
    value.BS = (value.BS as unknown as string[]).map(bytesOf);
  }
}

/** The canonical DynamoDB JSON text of a value: members and sets sorted, numbers in canonical form. */
export function toDynamoDbJson(value: AttributeValue): string {
  if (value.S !== undefined) {
    return `{"S":${JSON.stringify(value.S)}}`;
  }
  if (value.N !== undefined) {
    return `{"N":"${canonicalNumber(value.N, '')}"}`;
  }
  if (value.B !== undefined) {
    return `{"B":"${base64Of(value.B)}"}`;
  }
  if (value.BOOL !== undefined) {
    return `{"BOOL":${value.BOOL}}`;
  }
  if (value.NULL !== undefined) {
    return '{"NULL":true}';
  }
  if (value.L !== undefined) {
    return `{"L":[${value.L.map(toDynamoDbJson).join(',')}]}`;
  }
  if (value.M !== undefined) {
    return `{"M":${toDynamoDbRecord(value.M)}}`;
  }
  if (value.SS !== undefined) {
    return setText('SS', value.SS);
  }
  if (value.NS !== undefined) {
    return setText(
      'NS',
      value.NS.map((one) => canonicalNumber(one, '')),
    );
  }
  return setText('BS', (value.BS ?? []).map(base64Of));
}

const setText = (type: string, elements: readonly string[]): string =>
  `{"${type}":${JSON.stringify([...elements].sort(inOrder))}}`;

export const toDynamoDbRecord = (record: Row): string =>
  `{${sortedNames(record)
    .map((name) => `${JSON.stringify(name)}:${toDynamoDbJson(record[name]!)}`)
    .join(',')}}`;

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');
const sum = <T>(values: readonly T[], bytes: (value: T) => number): number =>
  values.reduce((total, value) => total + bytes(value), 0);
const numberBytes = (text: string): number => Math.ceil(digitsOf(canonicalNumber(text, '')) / 2);

/** At most as many bytes as DynamoDB counts (Developer Guide, "DynamoDB item sizes and formats"; numbers are approximate there). */
function leastBytes(value: AttributeValue): number {
  if (value.S !== undefined) {
    return utf8(value.S);
  }
  if (value.N !== undefined) {
    return numberBytes(value.N);
  }
  if (value.B !== undefined) {
    return value.B.byteLength;
  }
  if (value.L !== undefined) {
    return 3 + sum(value.L, (one) => 1 + leastBytes(one));
  }
  if (value.M !== undefined) {
    return 3 + Object.keys(value.M).length + membersBytes(value.M);
  }
  if (value.SS !== undefined) {
    return sum(value.SS, utf8);
  }
  if (value.NS !== undefined) {
    return sum(value.NS, numberBytes);
  }
  if (value.BS !== undefined) {
    return sum(value.BS, (one) => one.byteLength);
  }
  return 1;
}

const membersBytes = (record: Row): number =>
  sum(Object.entries(record), ([name, value]) => utf8(name) + leastBytes(value));

/** The least bytes that an item can take; only DynamoDB knows the exact size of its numbers. */
export const leastItemBytes = membersBytes;
