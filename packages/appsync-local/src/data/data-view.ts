/** A value in DynamoDB's JSON: `{"S": "a"}`, `{"N": "1"}`, `{"M": {…}}`. */
export type AttributeValue = Record<string, unknown>;
/** An item in DynamoDB's JSON. */
export type Item = Record<string, AttributeValue>;

/** A table of the app, for people. */
export interface TableView {
  name: string;
  logicalId: string;
  key: KeyView;
  indexes: IndexView[];
  /** Absent without a stream. */
  stream?: string;
  /** Absent where items do not expire. */
  timeToLiveAttribute?: string;
  /** On AWS about six hours old. */
  items: number;
}

/** The partition key, and the sort key if there is one. */
export type KeyView = { name: string; type: string }[];

export interface IndexView {
  name: string;
  kind: 'global' | 'local';
  key: KeyView;
  /** `ALL`, `KEYS_ONLY` or `INCLUDE`. */
  projection: string;
}

/** The answer to `GET /_local/data`. */
export interface DataView {
  /** Whether items may be changed: a DynamoDB elsewhere may have other people's. */
  isWritable: boolean;
  /** US dollars for one read unit. */
  readUnitUsd: number;
  tables: TableView[];
  deadLetters: DeadLettersView[];
}

/** A queue or topic to which event source mappings send records that they drop. */
export interface DeadLettersView {
  kind: 'queue' | 'topic';
  name: string;
  /** Lambda functions of these mappings, with the table whose stream they follow. */
  mappings: { functionName: string; table: string }[];
  /** How many there are. */
  count: number;
  /** The last ones, the newest first. */
  messages: unknown[];
}

/** The answer to `POST /_local/data/read`. */
export interface ItemPage {
  /** A Query where a partition key was given, else a Scan. */
  operation: 'Query' | 'Scan';
  items: Item[];
  /** Of the next page; null after the last item. */
  next: Item | null;
  /** Items that DynamoDB read, before the filter. */
  scanned: number;
  /** Read capacity units, eventually consistent. */
  units: number;
}

/** The answer to `POST /_local/data/write`. */
export interface Written {
  operation: 'PutItem' | 'DeleteItem';
  /** Write capacity units. */
  units: number;
}

/** What of a table belongs to an item elsewhere. */
export interface Mentions {
  table: string;
  /** Items whose key the item has as a value somewhere, and items that have the item's key as a value somewhere. */
  items: Item[];
  /** Items that a Scan looked at. */
  scanned: number;
  /** Whether the table has more items than were looked at. */
  isCut: boolean;
  /** Read units, eventually consistent. */
  units: number;
}
