import { itemMembers, type MemberName, MEMBERS } from '../../model/item.ts';
import { isDateTime } from '../../schema/date-time.ts';
import { fromJson, toJsonText } from './attribute-value.ts';
import { checkRow } from './check-row.ts';
import { constraintsOf } from './constraints-of.ts';
import { canonicalNumber } from './decimal.ts';
import { type ExactJson, parseExactJson } from './exact-json.ts';
import type { Filled, Parsed, Row } from './row.ts';
import { below, shown, Unfit } from './unfit.ts';

/** Members of a line, in the order of the API's type `Item`, and `referenced` when it is true. */
const NAMES: readonly string[] = itemMembers();

/** The item as one line of JSON, its payload as a JSON value; null when JSON cannot express some of it. */
export function toJsonLine(row: Row): string | null {
  const { referenced, claims: _claims, references: _references, ...shownInApi } = row;
  if (Object.keys(shownInApi).some((name) => !NAMES.includes(name))) {
    return null;
  }
  const members = NAMES.map((name) => {
    const value = row[name];
    const text = value ? toJsonText(value) : 'null';
    return text === null ? null : `"${name}":${text}`;
  });
  if (members.includes(null)) {
    return null;
  }
  return `{${members.join(',')}${referenced?.BOOL ? ',"referenced":true' : ''}}`;
}

/** Members that an item may lack. */
const OPTIONAL = itemMembers().filter((name) => !MEMBERS[name].always);

type Members = Map<string, ExactJson>;

/**
 * Reads a line of JSON Lines. Fills in a missing version and times; null means absent.
 *
 * @param now ISO 8601, for absent times.
 * @param validated False accepts payloads that break the rules of their kind.
 * @throws Unfit with the place and the problem, SyntaxError for invalid JSON
 */
export function parseJsonLine(text: string, now: string, validated: boolean): Parsed {
  const members = parseExactJson(text) as Members;
  const unknown = [...members.keys()].find(
    (name) => !NAMES.includes(name) && name !== 'referenced' && name !== '__typename',
  );
  if (unknown !== undefined) {
    throw new Unfit(`${below('', unknown)}: is not a member of an item; there are ${NAMES.join(', ')}`);
  }
  const given = (name: string): ExactJson | undefined => members.get(name) ?? undefined;
  const createdAt = time(given('createdAt'), '/createdAt');
  const updatedAt = time(given('updatedAt'), '/updatedAt');
  const version = number(given('version'), '/version');
  const row: Row = {
    ...textMember('id', given('id')),
    payload: fromJson(given('payload') ?? null, '/payload'),
    version: { N: version ?? '1' },
    createdAt: { S: createdAt ?? now },
    updatedAt: { S: updatedAt ?? createdAt ?? now },
    ...Object.assign({}, ...OPTIONAL.map((name) => member(name, given(name)))),
    ...(flag('referenced', given('referenced')) ? { referenced: { BOOL: true } } : {}),
  };
  const filled: Filled[] = [
    ...(version === undefined ? ['version' as const] : []),
    ...(createdAt === undefined ? ['createdAt' as const] : []),
    ...(updatedAt === undefined ? ['updatedAt' as const] : []),
  ];
  const id = checkRow(row, (name) => `/${name}`);
  const kind = row['kind']?.S;
  const complete = kind === undefined ? row : { ...row, ...constraintsOf(id, kind, row, validated) };
  checkRow(complete, (name) => `/${name}`);
  return { id, row: complete, filled };
}

/** An attribute of the row; empty for an absent member. */
function member(name: MemberName, value: ExactJson | undefined): Row {
  const { type } = MEMBERS[name];
  switch (type) {
    case 'text':
      return textMember(name, value);
    case 'int':
    case 'seconds':
      return numberMember(name, value);
    case 'time': {
      const text = time(value, `/${name}`);
      return text === undefined ? {} : { [name]: { S: text } };
    }
    case 'texts':
      return textsMember(name, value);
    case 'flag':
      return value === undefined ? {} : { [name]: { BOOL: flag(name, value) } };
    case 'json':
      return value === undefined ? {} : { [name]: fromJson(value, `/${name}`) };
  }
}

function textsMember(name: string, value: ExactJson | undefined): Row {
  if (value === undefined) {
    return {};
  }
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new Unfit(`/${name}: ${printed(value)} is not a list of texts`);
  }
  return { [name]: fromJson(value, `/${name}`) };
}

function textMember(name: string, value: ExactJson | undefined): Row {
  if (value === undefined) {
    return {};
  }
  if (typeof value !== 'string') {
    throw new Unfit(`/${name}: ${printed(value)} is not a text`);
  }
  return { [name]: fromJson(value, `/${name}`) };
}

function numberMember(name: string, value: ExactJson | undefined): Row {
  const N = number(value, `/${name}`);
  return N === undefined ? {} : { [name]: { N } };
}

const numberText = (value: ExactJson): string | undefined =>
  typeof value === 'object' && value !== null && 'number' in value ? value.number : undefined;

/** In canonical form; `checkRow` checks its range. */
function number(value: ExactJson | undefined, pointer: string): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const text = numberText(value);
  if (text === undefined) {
    throw new Unfit(`${pointer}: ${printed(value)} is not a number`);
  }
  return canonicalNumber(text, pointer);
}

/** Stored times have milliseconds and UTC, so that they sort as text (docs/data-model.md). */
function time(value: ExactJson | undefined, pointer: string): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  const parsed = typeof value === 'string' && isDateTime(value) ? Date.parse(value) : NaN;
  const stored = Number.isNaN(parsed) ? '' : new Date(parsed).toISOString();
  if (!isDateTime(stored)) {
    throw new Unfit(`${pointer}: ${printed(value)} is not a time such as "2026-11-24T08:30:00.000Z"`);
  }
  return stored;
}

function flag(name: string, value: ExactJson | undefined): boolean {
  if (value === undefined || typeof value === 'boolean') {
    return value === true;
  }
  throw new Unfit(`/${name}: ${printed(value)} is neither true nor false`);
}

const printed = (value: ExactJson): string =>
  numberText(value) ?? (value instanceof Map ? 'an object' : Array.isArray(value) ? 'a list' : shown(value));
