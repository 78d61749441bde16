/** Capacity units of DynamoDB. */
export interface Units {
  read: number;
  write: number;
}

/** One line of the list: enough to find a request. Times are milliseconds. */
export interface RequestSummary {
  /** Counts the recorded requests of this server from 1. */
  number: number;
  /** `x-amzn-RequestId`. */
  id: string;
  /** When it came: ISO 8601. */
  at: string;
  door: 'http' | 'real-time';
  /** `query Lists { listItems }`; of a request that was not run, what it is known by. */
  title: string;
  status: number | null;
  ms: number;
  /** Entries of `errors` in the answer. */
  errors: number;
  /** The authorization mode; null when the credentials were refused. */
  mode: string | null;
  /** The Lambda function of the app that made it. @default absent: a client did */
  madeBy?: string;
}

/** Everything that is known of a request, without credentials. */
export interface RecordedRequest extends RequestSummary {
  caller: { mode: string; identity: unknown } | null;
  query: string | null;
  operationName: string | null;
  variables: unknown;
  headers: unknown;
  /** From the request's arrival: when the caller was known, the first field began and the last one was completed. */
  authorizedMs: number | null;
  executingMs: number | null;
  executedMs: number | null;
  resolvers: RecordedResolver[];
  lines: RecordedLine[];
  subscribers: { atMs: number; mutation: string; subscribers: number; bytes: number }[];
  /** The body of the response. */
  answer: unknown;
  units: Units;
  cost: Cost;
  /** About how many bytes were not kept because the request has too many; absent values are `{ cut: BYTES }`. */
  cutBytes: number;
  /** Resolver runs of which nothing was kept. */
  resolversLeftOut: number;
}

export interface RecordedResolver {
  /** `Query.getItem`. */
  field: string;
  path: (string | number)[];
  startMs: number;
  /** Null when it had not ended when the request was answered. */
  ms: number | null;
  arguments: unknown;
  source: unknown;
  errors: unknown;
  steps: RecordedStep[];
}

export interface RecordedStep {
  /** Counts the steps of the request from 1. */
  number: number;
  kind: 'resolver' | 'AppSync function';
  /** As `appsync-local evaluate` takes it: `Query.getItem`, `readItem`. */
  name: string;
  request?: RecordedHandler;
  dataSource?: RecordedAsk;
  response?: RecordedHandler;
}

export interface RecordedHandler {
  startMs: number;
  ms: number;
  /** What it returned; absent after an error. */
  result?: unknown;
  /** Of an early return: where it went on. */
  earlyReturn?: 'NEXT' | 'END';
  error?: unknown;
  stashBefore: unknown;
  stashAfter: unknown;
}

/** A request to a data source, and what came of it. */
export interface RecordedAsk {
  name: string;
  type: string;
  startMs: number;
  ms: number | null;
  request: unknown;
  /** `ctx.result` and `ctx.error`. */
  result: unknown;
  error: unknown;
  /** Went out as one of several requests. */
  batch?: { size: number; index: number };
  calls: RecordedCall[];
}

export interface RecordedCall {
  service: string;
  /** `GetItem`, `Invoke`, `GET`. */
  operation: string;
  /** The table, function, URL or event bus. */
  target: string;
  startMs: number;
  ms: number | null;
  /** Of DynamoDB, in its own JSON; other services' are `request` and `result`. */
  input?: unknown;
  answer?: unknown;
  error?: unknown;
  units?: Units;
}

export interface RecordedLine {
  atMs: number;
  level: string;
  /** `resolvers/Query.getItem.ts:12:3`, or the name of a Lambda function. */
  place: string;
  title: string;
  words: string;
  /** Of the Lambda function that wrote it. */
  invocationId?: string;
}

/** What the request would cost on AWS, by list prices. */
export interface Cost {
  usd: number;
  parts: { what: string; units: number; usd: number }[];
  /** Of the prices. */
  region: string;
  compiled: string;
}
