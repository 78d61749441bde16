/** Any JSON value. A test looks into it without a cast, or gives it a type of its own. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = any;

/** The meaning of JavaScript in resolvers: as AWS was seen to run it, or as the language defines it. */
export type Javascript = 'appsync' | 'plain';

export interface StartOptions {
  /** A cloud assembly (a `cdk.out`), or the folder of a CDK app, which is then synthesized. @default the CDK app of the working directory */
  app?: string;
  /** The file of a CloudFormation or SAM template, instead of `app`. @default none */
  template?: string;
  /** Values of template parameters, by name. @default those of the template */
  parameters?: Record<string, string>;
  /**
   * A file of lines `NAME=value`: environment variables for the CDK app, and for Lambda functions that define them. @default none
   */
  envFile?: string;
  /** Logical id of the API to run. @default the only one */
  api?: string;
  /** Keep no data. @default true, unless `data` names a folder */
  memory?: boolean;
  /** The folder to keep data in. @default none */
  data?: string;
  /** Start over with empty tables, streams and queues in `data`. @default false */
  reset?: boolean;
  /** Port for everything. @default 0, which takes a free one */
  port?: number;
  /** Address to listen on. @default this machine only */
  host?: string;
  /**
   * Refuse resources that do not run here, including those that the API does not need. @default false: they are left out, and
   * named in `notes`
   */
  strict?: boolean;
  /** A DynamoDB to use, such as `http://localhost:8000`. @default an embedded one */
  dynamodbEndpoint?: string;
  /** Other endpoints for HTTP data sources, by name. @default the template's */
  endpoints?: Record<string, string>;
  /** @default 'appsync' */
  javascript?: Javascript;
  /** Log how long each query and mutation and its slowest fields took. @default false: nothing is measured */
  timing?: boolean;
  /** Keep the last requests in memory for `npx appsync-local trace`, as the command does. @default false: nothing is recorded */
  recorder?: boolean;
  /** Milliseconds between looks for items past their time to live; a test of them need not wait for the usual one. @default 30,000 */
  expirySweepMs?: number;
  /** Gets each line that resolvers, Lambda functions and the server log, such as `console.error`. @default lines are dropped */
  log?: (line: string) => void;
}

/** A running API. It keeps the process alive until it is closed. */
export interface Server {
  /** `http://localhost:40123/graphql` */
  url: string;
  /** `ws://localhost:40123/graphql/realtime` */
  realtimeUrl: string;
  /** `http://localhost:40123/` */
  consoleUrl: string;
  /** For any DynamoDB tool; region and credentials may be anything. */
  dynamodbUrl: string;
  /** The API's first key; undefined for an API without the mode `API_KEY`. */
  apiKey: string | undefined;
  /** The credentials for `AWS_IAM`. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  region: string;
  /** What to know before relying on the API, such as resources that are not run. */
  notes: string[];
  /**
   * Runs a query or a mutation. Errors of the API are part of the answer, not exceptions.
   *
   * @throws Error when the server has been closed, or no token can be issued for `as`
   */
  graphql<Data = Json>(
    document: Document,
    variables?: Record<string, unknown>,
    options?: RequestOptions,
  ): Promise<GraphQLResult<Data>>;
  /**
   * Issues a token of the API's user pool or OpenID Connect provider, to be sent as `Authorization`.
   *
   * @throws Error when the API has neither, or for an invalid option
   */
  token(options: TokenOptions): Promise<string>;
  /** Stops the server and removes its temporary data. */
  close(): Promise<void>;
}

/** Text, or the result of `gql` and code generators. */
export type Document = string | { loc?: { source: { body: string } } };

export interface RequestOptions {
  /** The caller. @default `apiKey` or `iam`, whichever the API has */
  as?: Caller;
  /** Additional headers. @default none */
  headers?: Record<string, string>;
  /** Which operation of the document to run. @default the only one */
  operationName?: string;
}

/** `token` is sent unchanged, for a token of another provider or of a Lambda authorizer. */
export type Caller = 'apiKey' | 'iam' | TokenOptions | { token: string };

export interface TokenOptions {
  /** The user's name. */
  user: string;
  /** @default none */
  groups?: string[];
  /** The claim that identifies a user: a UUID on AWS. @default the user's name */
  sub?: string;
  /** Additional claims. @default none */
  claims?: Record<string, unknown>;
  /** Kind of user pool token. @default 'access' */
  tokenUse?: 'access' | 'id';
  /** From 1 to 86400. @default 3600 */
  expiresInSeconds?: number;
  /** The kind of provider, if the API has both. @default either */
  provider?: 'cognito' | 'oidc';
  /** The provider, if there are several: its URL, or the id of a user pool. @default the first */
  issuer?: string;
  /** The client that the token is for. @default one that the API accepts */
  clientId?: string;
}

export interface GraphQLResult<Data = Json> {
  data: Data | null;
  errors?: GraphQLError[];
}

/** An entry of `errors`, in AppSync's form. */
export interface GraphQLError {
  message: string;
  path?: (string | number)[] | null;
  errorType?: string | null;
  errorInfo?: Json;
  data?: Json;
  locations?: { line: number; column: number; sourceName?: string | null }[] | null;
}

/** Code either as text or in a file. */
export type EvaluateOptions = EvaluationOptions & (CodeText | CodeFile);

export interface CodeText {
  /** One JavaScript module, as uploaded to AppSync. */
  code: string;
  file?: undefined;
}

export interface CodeFile {
  /** A module of JavaScript or TypeScript. If it imports others, the esbuild of its project bundles it. */
  file: string;
  code?: undefined;
}

export interface EvaluationOptions {
  /** @default 'request' */
  function?: 'request' | 'response';
  /** The handler's context. @default empty members */
  context?: EvaluationContext;
  /** The time of `util.time`. @default now */
  now?: Date | number;
  /** @default 'appsync' */
  javascript?: Javascript;
}

/** AppSync's own members; code reads `arguments` as `ctx.args`. */
export interface EvaluationContext {
  arguments?: Record<string, unknown> | null;
  /** Of one of the authorization modes; other members are refused, as on AWS. */
  identity?: unknown;
  source?: unknown;
  /** The data source's result. */
  result?: unknown;
  /** The data source's error: `{ type, message }`. */
  error?: { type?: string; message?: string } | null;
  /** `{ result }` of the previous step. */
  prev?: { result: unknown } | null;
  stash?: Record<string, unknown> | null;
  request?: { headers?: Record<string, string | string[]>; domainName?: string | null } | null;
  info?: Record<string, unknown> | null;
  env?: Record<string, string> | null;
}

/** The outcome of one handler. */
export interface EvaluateResult<Result = Json> {
  /** The request, the field's value, or the value of `runtime.earlyReturn`; undefined after an error. */
  result: Result;
  /** The error that ended the handler: `util.error`, `util.unauthorized`, or a line that failed (`errorType` `Code`). */
  error?: RaisedError;
  /** The handlers that `runtime.earlyReturn` skips; absent without it. */
  skipTo?: 'NEXT' | 'END';
  /** `ctx.stash` as the handler left it. */
  stash: Record<string, Json>;
  /** Errors that `util.appendError` added. */
  outErrors: RaisedError[];
  /** `INFO - code.js:5:3: "current id" "7"`, in order; with `file`, its name and line instead of those of `code.js`. */
  logs: string[];
  /** Requests to `extensions` and `util.http`. */
  effects: {
    subscriptionFilter?: Json;
    subscriptionInvalidationFilter?: Json;
    invalidations: { subscriptionField: string; payload: Json }[];
    responseHeaders: { name: string; value: Json }[];
  };
}

export interface RaisedError {
  message: string;
  /** null when the code did not give one. */
  errorType: string | null;
  data: Json;
  errorInfo: Json;
  /** True for `util.unauthorized()`. */
  unauthorized?: boolean;
}

/** A problem for which AppSync would refuse code. */
export interface CodeProblem {
  errorType: string;
  message: string;
  /** The author's file if there is a source map, else `code.js`. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Characters; -1 when unknown. */
  span: number;
}
