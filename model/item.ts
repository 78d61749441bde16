import type { MemberPlace } from './filter.ts';

/** What a member holds, and how the table stores it. */
export type MemberType =
  | 'text'
  | 'int'
  /** ISO 8601 in UTC with milliseconds: stored times compare as text. */
  | 'time'
  /** Since 1970. */
  | 'seconds'
  /** Any JSON value. */
  | 'json'
  | 'texts'
  | 'flag';

type Values = {
  text: string;
  int: number;
  time: string;
  seconds: number;
  json: unknown;
  texts: string[];
  flag: boolean;
};

/** The type of DynamoDB that a member is stored as; null for any. */
export const STORED_AS = {
  text: 'S',
  int: 'N',
  time: 'S',
  seconds: 'N',
  json: null,
  texts: 'L',
  flag: 'BOOL',
} as const satisfies Record<MemberType, string | null>;

type Member = {
  type: MemberType;
  /** Every item has it. Others are absent attributes, never NULL, where an item has none: `kind` and `owner` are keys of indexes. */
  always: boolean;
  /**
   * Who says what it is. `client`: the member of the input of the same name; a put replaces it and takes it away where the input has none,
   * an update changes it where the input names it. `owner`: the caller, or whom one that writes everything names. `server`: nobody else.
   */
  setBy: 'client' | 'owner' | 'server';
  /** A member of the API's type `Item`: answered, reported in changes, exported and imported. */
  inApi: boolean;
  /** How `ItemFilterInput` asks for it: with the operators of that place (filter.ts). */
  filter: MemberPlace | null;
};

/** What an item is, member by member. The types, answers, writes, filters, changes, exports and imports below are made from it. */
export const MEMBERS = {
  id: { type: 'text', always: true, setBy: 'server', inApi: true, filter: null },
  // part: validated-items
  /** Of a validated item: the rules that it keeps. */
  kind: { type: 'text', always: false, setBy: 'server', inApi: true, filter: 'text' },
  // end: validated-items
  payload: { type: 'json', always: true, setBy: 'client', inApi: true, filter: 'payload' },
  /** 1 for a new item, one more with every write. */
  version: { type: 'int', always: true, setBy: 'server', inApi: true, filter: 'int' },
  owner: { type: 'text', always: false, setBy: 'owner', inApi: true, filter: null },
  createdAt: { type: 'time', always: true, setBy: 'server', inApi: true, filter: 'time' },
  updatedAt: { type: 'time', always: true, setBy: 'server', inApi: true, filter: 'time' },
  /** From then on the item is gone for everybody, whether or not DynamoDB has removed it. */
  expiresAt: { type: 'seconds', always: false, setBy: 'client', inApi: true, filter: null },
  // part: validated-items
  /** Keys of the rows in the constraints table that this item holds. */
  claims: { type: 'texts', always: false, setBy: 'server', inApi: false, filter: null },
  /** Ids of the items that this item keeps from being deleted. */
  references: { type: 'texts', always: false, setBy: 'server', inApi: false, filter: null },
  /** Some item refers, or once referred, to this one: a delete must look how many do. */
  referenced: { type: 'flag', always: false, setBy: 'server', inApi: false, filter: null },
  // end: validated-items
} as const satisfies Record<string, Member>;

export type Members = typeof MEMBERS;
export type MemberName = keyof Members;
type Where<Column extends keyof Member, Value> = {
  [Name in MemberName]: Members[Name][Column] extends Value ? Name : never;
}[MemberName];
type ValueOf<Name extends MemberName> = Values[Members[Name]['type']];

/** An item as the table holds it. */
export type StoredItem = { [Name in Where<'always', true>]: ValueOf<Name> } & {
  [Name in Where<'always', false>]?: ValueOf<Name>;
};

export type ItemMember = Where<'inApi', true>;
export type ClientMember = Where<'setBy', 'client'>;
export type FilterMember = Exclude<MemberName, Where<'filter', null>>;

/** The members of an item that the input of a write says; null is as good as absent, but where an update tells them apart. */
export type ClientInput = { [Name in ClientMember]?: ValueOf<Name> | null };

/** An item as the API answers it: the type `Item` of the schema. */
export type Item = {
  [Name in ItemMember]: Members[Name]['always'] extends true ? ValueOf<Name> : ValueOf<Name> | null;
};

const NAMES = /* @__PURE__ */ Object.keys(MEMBERS) as MemberName[];

/** The members of the API's type `Item`, in its order. */
export function itemMembers(): ItemMember[] {
  return NAMES.filter((name) => MEMBERS[name].inApi) as ItemMember[];
}

/** The members that the input of a write says. */
export function clientMembers(): ClientMember[] {
  return NAMES.filter((name) => MEMBERS[name].setBy === 'client') as ClientMember[];
}

/** The texts that the input of a write says in its members, the payload aside: the platform looks whether they can be stored. */
export function clientTexts(input: ClientInput): { name: ClientMember; text: string }[] {
  return clientMembers().flatMap((name) =>
    textsOf(MEMBERS[name].type, input[name]).map((text) => ({ name, text })),
  );
}

function textsOf(type: MemberType, value: unknown): string[] {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? [value] : [];
    case 'texts':
      return Array.isArray(value) ? (value as string[]) : [];
    case 'int':
    case 'time':
    case 'seconds':
    case 'json':
    case 'flag':
      return [];
  }
}

/** The members that `ItemFilterInput` can ask for. */
export function filterMembers(): FilterMember[] {
  return NAMES.filter((name) => MEMBERS[name].filter != null) as FilterMember[];
}

export function toItem(item: StoredItem): Item {
  const answered: Record<string, unknown> = {};
  itemMembers().forEach((name) => {
    answered[name] = item[name] ?? null;
  });
  return answered as Item;
}
