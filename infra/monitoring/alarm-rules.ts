/** What a row of alarms watches one of: the API, a table or index, a Lambda function, or a part of the change feed. */
export type SubjectKind =
  | 'publisher' // part: change-feed
  | 'deadLetters' // part: change-feed
  | 'api'
  | 'table'
  | 'function';

/** An alarm of each subject of a kind. Figures are first thresholds: measure yours and write them here. */
export interface AlarmRule {
  of: SubjectKind;
  namespace: string;
  metric: string;
  statistic: 'Sum' | 'Maximum' | 'p99';
  /** Length of one data point. */
  minutes: number;
  /** The alarm goes off above this… */
  above: number;
  /** …in so many data points in a row. */
  points: number;
  unit: '' | 'ms' | 'tokens';
  means: string;
  do: string;
}

/** AWS General Reference, "AWS AppSync endpoints and quotas": request tokens a second, in regions that have the lower quota. */
export const REQUEST_TOKENS = 5000;

const once = { minutes: 5, above: 0, points: 1, unit: '' } as const;

/** Every alarm of a stage. docs/operations.md prints the table; keys are parts of names of alarms. */
export const ALARM_RULES = {
  'server-errors': {
    ...once,
    of: 'api',
    namespace: 'AWS/AppSync',
    metric: '5XXError',
    statistic: 'Sum',
    means: 'AppSync itself failed',
    do: 'AWS Health Dashboard; the log of the API at that time',
  },
  slow: {
    of: 'api',
    namespace: 'AWS/AppSync',
    metric: 'Latency',
    statistic: 'p99',
    minutes: 5,
    above: 1000,
    points: 3,
    unit: 'ms',
    means: 'one request in a hundred takes longer',
    do: 'traces: which step; cold starts',
  },
  'request-tokens': {
    of: 'api',
    namespace: 'AWS/AppSync',
    metric: 'TokensConsumed',
    statistic: 'Sum',
    minutes: 1,
    above: 0.8 * REQUEST_TOKENS * 60,
    points: 3,
    unit: 'tokens',
    means: `80 % of a quota of ${REQUEST_TOKENS.toLocaleString('en-US')} request tokens a second is in use`,
    do: 'raise the quota; send larger requests',
  },
  'read-throttles': {
    ...once,
    of: 'table',
    namespace: 'AWS/DynamoDB',
    metric: 'ReadThrottleEvents',
    statistic: 'Sum',
    means: 'a hot key, growth faster than doubling in 30 minutes, or `tableUnits`',
    do: 'which key is hot: usually one, which no quota helps',
  },
  'write-throttles': {
    ...once,
    of: 'table',
    namespace: 'AWS/DynamoDB',
    metric: 'WriteThrottleEvents',
    statistic: 'Sum',
    means: 'the same for writes',
    do: 'the same',
  },
  errors: {
    ...once,
    of: 'function',
    namespace: 'AWS/Lambda',
    metric: 'Errors',
    statistic: 'Sum',
    means: 'it crashed or ran out of time',
    do: 'its log',
  },
  throttles: {
    ...once,
    of: 'function',
    namespace: 'AWS/Lambda',
    metric: 'Throttles',
    statistic: 'Sum',
    means: 'the concurrency of the account, or `concurrency`, is used up',
    do: 'raise it',
  },

  // part: change-feed
  'change-age': {
    of: 'publisher',
    namespace: 'AWS/Lambda',
    metric: 'IteratorAge',
    statistic: 'Maximum',
    minutes: 1,
    above: 60_000,
    points: 5,
    unit: 'ms',
    means: 'changes are published more than a minute after the write',
    do: "its log and duration; the mapping's parallelization factor",
  },
  'dead-letters': {
    of: 'deadLetters',
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    minutes: 1,
    above: 0,
    points: 1,
    unit: '',
    means: 'changes of items were not published to subscribers',
    do: "the messages, within 24 hours: The change feed's dead letters",
  },
  // end: change-feed
} satisfies Record<string, AlarmRule>;

export type AlarmName = keyof typeof ALARM_RULES;

/** Days before the end of the API key in which the recipient is reminded, once every `REMINDER_EVERY_DAYS`. */
export const REMINDER_DAYS = 30;
export const REMINDER_EVERY_DAYS = 7;

/** Parts of the budget, in percent, at which the recipient is told: of what was spent, and of what AWS forecasts for the month. */
export const BUDGET_SPENT = 80;
export const BUDGET_FORECAST = 100;
