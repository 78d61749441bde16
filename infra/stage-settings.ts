import { flag, matching, oneOf, type Setting, wholeNumber } from './settings.ts';

export const STAGE = {
  ...oneOf('dev', 'prod'),
  says: '`prod` keeps its data when the stack is deleted, logs no payloads, and has alarms',
  otherwise: '`dev`',
} satisfies Setting<string>;

/** Name of the backend; its stack in dev is `appsync-items-dev`. */
export const DEFAULT_NAME = 'appsync-items';

/** A development stage that runs away costs at most 2.25 US dollars an hour and table (docs/costs.md). */
export const DEV_TABLE_UNITS = 1000;

/** Requests of one address in five minutes: ten a second, which no person and few front ends reach. */
export const WAF_RATE = 3000;

const TOPIC = /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]{1,256}$/;
const CERTIFICATE = /^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/;
const DOMAIN = /^(?=.{1,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/;

/** What can be set of a stage, by its key in the CDK context. */
export const SETTINGS = {
  name: {
    ...matching(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, 'letters, digits and hyphens, a letter first, at most 100'),
    says: 'your own name; the stack is called `<name>-<stage>`',
    otherwise: `\`${DEFAULT_NAME}\``,
  },
  architecture: {
    ...oneOf('arm64', 'x86_64'),
    says: 'processor architecture of the Lambda functions',
    otherwise: '`arm64`',
  },
  apiKey: {
    // It becomes part of a logical id.
    ...matching(/^[A-Za-z][A-Za-z0-9]{0,49}$/, 'letters and digits, a letter first, at most 50'),
    says: 'name of the API key; a new name creates a new key',
    otherwise: 'the first key, which has no name',
  },
  signInUrls: {
    // `sign-in-urls.ts` says which.
    takes: 'URLs separated by commas',
    parse: (text: string) => text,
    says: "pages that may use the user pool's sign-in page",
    otherwise: 'no sign-in page',
  },
  alarmEmail: {
    ...matching(/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/, 'an e-mail address'),
    says: 'receives alarms, budget notices and reminders to renew the API key, once the address is confirmed',
    otherwise: 'none',
  },
  alarmTopic: {
    ...matching(TOPIC, 'the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME'),
    says: 'your own topic, instead of `alarmEmail`',
    otherwise: 'none',
  },
  budget: {
    ...wholeNumber(1, 1_000_000),
    says: 'US dollars a month; a notice is sent at 80 % and when the forecast exceeds it',
    otherwise: 'no budget',
  },
  backupMonths: {
    ...wholeNumber(1, 120),
    says: 'number of months for which AWS Backup keeps a monthly backup of each table',
    otherwise: 'point-in-time recovery only, 35 days',
  },
  waf: {
    ...flag,
    says: 'a web ACL in front of the API, which blocks addresses that send too many requests',
    otherwise: '`false`',
  },
  wafRate: {
    ...wholeNumber(10, 2_000_000_000),
    says: 'with `waf`: requests that one address may send in five minutes',
    otherwise: `\`${WAF_RATE}\``,
  },
  domain: {
    ...matching(DOMAIN, 'a domain name in lower case, such as api.example.com'),
    says: 'a domain name of the API, together with `certificate`',
    otherwise: "AppSync's own",
  },
  certificate: {
    ...matching(CERTIFICATE, 'the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:…'),
    says: 'the certificate for `domain`',
    otherwise: 'none',
  },
  introspection: {
    ...flag,
    says: 'whether callers may ask for the schema',
    otherwise: '`true` in dev, `false` in prod',
  },
  tableUnits: {
    ...wholeNumber(1, 40_000),
    says: 'read and write request units a second, at most, of each table and index',
    otherwise: `\`${DEV_TABLE_UNITS}\` in dev, unlimited in prod`,
  },
  concurrency: {
    ...wholeNumber(1, 10_000),
    says: 'concurrent executions reserved for each Lambda function of a field, and its maximum',
    otherwise: "shared with the account's other functions",
  },
  resolverMetrics: {
    ...flag,
    says: "AppSync's metrics for each resolver, billed by the month",
    otherwise: '`false`',
  },
} satisfies Record<string, Setting<unknown>>;

/** Every key of the context that is read, `stage` first. */
export const CONTEXT: Readonly<Record<string, Setting<unknown>>> = { stage: STAGE, ...SETTINGS };

/** `cdk.json` has settings of one stage below the stage's name. */
export const OF_STAGES: object = { dev: {}, prod: {} };

/** Every key that the context may have besides the CDK's own. */
export const KNOWN: object = { ...CONTEXT, ...OF_STAGES };
