import type { Credentials } from '../data-sources/http-signature.ts';
import type { Javascript } from '../runtime/javascript.ts';
import type { KeptTranslations } from '../runtime/kept-translations.ts';
import type { AppSource } from './app-assembly.ts';

/** The options of a local server. */
export interface LocalOptions extends AppSource {
  /** 0 means any free port. */
  port: number;
  /** Address to listen on; undefined means loopback only. */
  host?: string;
  /** Names of the server, besides loopback names and `host`. @default none */
  allowedHosts?: string[];
  /** Origins of pages that may call, besides pages of loopback names. @default none */
  allowedOrigins?: string[];
  /** Keeps tables, keys and certificates; undefined keeps none. */
  dataDirectory?: string;
  /** Empties the tables first. */
  reset: boolean;
  /** Environment variables for the CDK app and for Lambda functions that define them: lines of `NAME=value`. @default none */
  environmentFile?: string;
  /** Logical id of the API to run, if the assembly has several. */
  apiLogicalId?: string;
  /** Refuse what the API does not need and this server does not run. @default it is left out, and a note says so */
  strict?: boolean;
  /** A DynamoDB to use instead of the embedded engine. */
  dynamoDbEndpoint?: string;
  /** Other endpoints for HTTP data sources, by name. @default the template's */
  endpoints?: ReadonlyMap<string, string>;
  /** Sign requests of HTTP data sources. @default those of every local server */
  awsCredentials?: Credentials;
  /** The meaning of JavaScript in resolvers; undefined means as AWS was seen to run it. */
  javascript?: Javascript;
  /** Log how long each query and mutation and its slowest fields took. @default nothing is measured */
  timing?: boolean;
  /** Open Node.js's inspector on this port of 127.0.0.1, and on the following ones for Lambda functions. @default none */
  inspectPort?: number;
  /** Keep the last requests in memory, for `appsync-local trace` and the console. @default false: nothing is recorded */
  recorder?: boolean;
  /** Milliseconds between rounds that remove items past their time to live. @default 30,000 */
  expirySweepMs?: number;
  /** What earlier starts made of code. @default kept for each bundle; nothing where the program runs from its sources */
  translations?: KeptTranslations;
  /** Takes in saved files of the app while the server runs. @default nothing is watched */
  watch?: boolean;
  /** Ends a start that is under way at once; it then rejects with the reason of this signal. @default nothing does */
  signal?: AbortSignal;
  /** With `watch`, a command that generates sources of the app, to be run before each synthesis. @default none */
  generate?: string;
}
