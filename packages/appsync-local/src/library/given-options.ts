import { inspect } from 'node:util';
import { JAVASCRIPTS } from '../runtime/javascript.ts';
import type { EvaluationOptions, RequestOptions, StartOptions } from './library.types.ts';

/** What an option may be: `a number`, and the test of it. */
type Kind = readonly [wanted: string, fits: (value: unknown) => boolean];

/** The kind of each option of a function, by name. The compiler keeps it complete. */
type Kinds<Options> = Readonly<Record<keyof Options, Kind>>;

/** By tag, since Jest gives tests another `Object` and another `Date`. */
const isTagged = (value: unknown, tag: string): boolean =>
  Object.prototype.toString.call(value) === `[object ${tag}]`;

const oneOf = (...values: readonly string[]): Kind => [
  values.map((value) => `'${value}'`).join(' or '),
  (value) => typeof value === 'string' && values.includes(value),
];

const isHttpUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);

const TEXT: Kind = ['a string', (value) => typeof value === 'string'];
const FLAG: Kind = ['true or false', (value) => typeof value === 'boolean'];
const NUMBER: Kind = ['a number', (value) => typeof value === 'number'];
const POSITIVE: Kind = ['a number above 0', (value) => typeof value === 'number' && value > 0];
const FUNCTION: Kind = ['a function', (value) => typeof value === 'function'];
const PLAIN: Kind = ['a plain object', (value) => isTagged(value, 'Object')];
const HTTP_URL: Kind = ["the text of a URL, such as 'http://localhost:8000'", isHttpUrl];
const HTTP_URLS: Kind = [
  "an object of URLs, such as { Prices: 'http://localhost:8000' }",
  (value) => isTagged(value, 'Object') && Object.values(value as object).every(isHttpUrl),
];
const JAVASCRIPT = oneOf(...JAVASCRIPTS);
const TIME: Kind = ['a Date or a number', (value) => typeof value === 'number' || isTagged(value, 'Date')];
const CALLER: Kind = [
  "'apiKey', 'iam', { user } or { token }",
  (value) => value === 'apiKey' || value === 'iam' || isTagged(value, 'Object'),
];
/** Checked where it is used. */
const ANY: Kind = ['anything', () => true];

const START: Kinds<StartOptions> = {
  app: TEXT,
  template: TEXT,
  parameters: PLAIN,
  envFile: TEXT,
  api: TEXT,
  memory: FLAG,
  data: TEXT,
  reset: FLAG,
  port: NUMBER,
  host: TEXT,
  strict: FLAG,
  dynamodbEndpoint: HTTP_URL,
  endpoints: HTTP_URLS,
  javascript: JAVASCRIPT,
  timing: FLAG,
  recorder: FLAG,
  expirySweepMs: POSITIVE,
  log: FUNCTION,
};

const REQUEST: Kinds<RequestOptions> = { as: CALLER, headers: PLAIN, operationName: TEXT };

const EVALUATE: Kinds<EvaluationOptions & { code: string; file: string }> = {
  code: TEXT,
  file: TEXT,
  function: oneOf('request', 'response'),
  context: ANY,
  now: TIME,
  javascript: JAVASCRIPT,
};

/**
 * Options of the library as a test in JavaScript passes them, where no compiler finds a misspelt name.
 *
 * @throws TypeError that names every option that does not exist or has the wrong type
 */
export const checkStartOptions = (options: unknown): void => check('start', options, START);
/** @throws TypeError as `checkStartOptions` */
export const checkRequestOptions = (options: unknown): void => check('graphql', options, REQUEST);
/** @throws TypeError as `checkStartOptions` */
export const checkEvaluateOptions = (options: unknown): void => check('evaluate', options, EVALUATE);

function check(name: string, options: unknown, kinds: Readonly<Record<string, Kind>>): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(`the options of ${name} must be an object, not ${shown(options)}`);
  }
  const problems = Object.entries(options).flatMap(([option, value]) => {
    if (!Object.hasOwn(kinds, option)) {
      return [`${name} has no option '${option}'; it has ${Object.keys(kinds).join(', ')}`];
    }
    const [wanted, fits] = kinds[option]!;
    return value === undefined || fits(value) ? [] : [`${option} must be ${wanted}, not ${shown(value)}`];
  });
  if (problems.length > 0) {
    throw new TypeError(problems.join('\n'));
  }
}

const shown = (value: unknown): string =>
  inspect(value, { depth: 0, breakLength: Infinity, maxStringLength: 60 });
