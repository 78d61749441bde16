import { CHANGES_PER_REQUEST } from '../../functions/publish-item-change/lanes.ts';
import { figures } from '../computed/table.ts';
import {
  ALARMS,
  BACKUP_MONTHS,
  BATCH_RECORDS,
  ITEM_BYTES,
  ITEM_SIZES,
  KB,
  METRICS_OF_RESOLVER,
  MINUTES_A_MONTH,
  WAF_RULES,
} from './assumptions.ts';
import { example } from './example.ts';
import { feedBill, logWrites } from './feed.ts';
import { bill, operations } from './operations.ts';
import { cost, prices } from './prices.ts';
import { load, logsTake, RATES, REQUEST_TOKENS, TABLE_WRITES } from './scale.ts';
import { gigabytes, traced, traces } from './units.ts';

/** Dollars with the digits that matter: cents, or none from a thousand on. */
const usd = (amount: number): string =>
  amount === 0
    ? '0'
    : amount >= 1000
      ? Math.round(amount).toLocaleString('en-US')
      : amount < 0.005
        ? '< 0.01'
        : amount.toFixed(2);

const whole = (number: number): string => Math.round(number).toLocaleString('en-US');
const kb = (bytes: number): string => `${bytes / KB} KB`;

/** A number of few digits as it is written in a price list: no exponent. */
const plain = (number: number): string =>
  number.toLocaleString('en-US', { maximumSignificantDigits: 9, maximumFractionDigits: 10 });

const priceList = (): string =>
  [
    '| what | USD | read from | date |',
    '| --- | --: | --- | --- |',
    ...Object.values(prices).map(
      ({ usd: amount, per, unit, page, source, sourceDate }) =>
        `| ${per === 1 ? '' : `${whole(per)} `}${unit} | ${plain(amount)} | ${page}: ${source} | ${sourceDate} |`,
    ),
  ].join('\n');

function operationTable(): string {
  const rows = operations(ITEM_BYTES).map((operation) => {
    const { appSync, dynamoDb, lambda, logs, traces, transfer, total } = bill(operation, ITEM_BYTES);
    return [
      operation.name,
      operation.writes,
      operation.reads,
      ...[appSync, dynamoDb, lambda, logs, traces, transfer, total].map(usd),
    ];
  });
  return figures(
    [
      'a million of',
      'write units each',
      'read units each',
      'AppSync',
      'DynamoDB',
      'Lambda',
      'logs',
      'traces',
      'data out',
      'total',
    ],
    rows,
  );
}

function sizeTable(): string {
  const names = operations(ITEM_BYTES).map(({ name }) => name);
  const totals = ITEM_SIZES.map((size) => operations(size).map((operation) => bill(operation, size).total));
  return figures(
    ['a million of', ...ITEM_SIZES.map(kb)],
    names.map((name, index) => [name, ...totals.map((column) => usd(column[index]!))]),
  );
}

function feedTable(): string {
  const changes = [ITEM_BYTES, 4 * KB].flatMap((size) => [false, true].map((owned) => ({ size, owned })));
  return figures(
    [
      'a million changes of',
      'write units each',
      'log',
      'log kept',
      'Lambda',
      'publish',
      'logs',
      'traces',
      'total',
      'each subscriber',
    ],
    changes.map((change) => {
      const { log, storage, lambda, publish, logs, traces, total, subscriber } = feedBill(change);
      return [
        `${change.owned ? 'owned items' : 'unowned items'}, ${kb(change.size)}`,
        logWrites(change).toFixed(1),
        ...[log, storage, lambda, publish, logs, traces, total, subscriber].map(usd),
      ];
    }),
  );
}

function batchTable(): string {
  const sizes = [1, BATCH_RECORDS, 100];
  const requests = [CHANGES_PER_REQUEST, 10, 25];
  return figures(
    ['changes in a request', ...sizes.map((batch) => `batches of ${batch}`)],
    requests.map((perRequest) => [
      perRequest,
      ...sizes.map((batch) => usd(feedBill({ size: ITEM_BYTES, owned: false, batch, perRequest }).total)),
    ]),
  );
}

const connected = (clients: number): string =>
  usd(cost('appSyncConnectionMinute', clients * MINUTES_A_MONTH));

const connectionTable = (): string =>
  figures(
    ['clients connected all month', 'connection-minutes', 'USD a month'],
    [100, 1_000, 10_000, 100_000].map((clients) => [
      whole(clients),
      whole(clients * MINUTES_A_MONTH),
      connected(clients),
    ]),
  );

/** What is paid without a request: a million items, and what watches and protects. */
function standingTable(): string {
  const storage = gigabytes(1_000_000 * ITEM_BYTES);
  const acl = cost('wafAcl', 1) + cost('wafRule', WAF_RULES);
  return figures(
    ['', 'USD a month'],
    [
      [`a million items of ${kb(ITEM_BYTES)}`, usd(cost('dynamoDbStorage', storage))],
      ['… in each index they are in', usd(cost('dynamoDbStorage', storage))],
      ['… point-in-time recovery', usd(cost('dynamoDbRecovery', storage))],
      [
        `with \`backupMonths=${BACKUP_MONTHS}\`: the backups of the last ${BACKUP_MONTHS} months, each in full`,
        usd(cost('backupStorage', BACKUP_MONTHS * storage)),
      ],
      [`the ${ALARMS} alarms of \`prod\``, usd(cost('cloudWatchAlarm', ALARMS))],
      ['the dashboard of `prod`', usd(cost('cloudWatchDashboard', 1))],
      ['with `waf`: the web ACL and its rule', usd(acl)],
      ['… a million requests that it inspects', usd(cost('wafRequest', 1_000_000))],
      [
        `with \`resolverMetrics\`: ${METRICS_OF_RESOLVER} metrics of a resolver, while it is called`,
        usd(cost('cloudWatchMetric', METRICS_OF_RESOLVER)),
      ],
      ['a thousand users who signed in in the month', usd(cost('cognitoUser', 1000))],
      ['`budget`, `domain`, `alarmEmail`, tags', '0'],
    ],
  );
}

/** Traces, by how many requests there are: few are almost all traced, many hardly. */
const tracesTable = (): string =>
  figures(
    ['requests a month', 'traced', 'USD', 'USD a million'],
    [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000].map((requests) => [
      whole(requests),
      `${Math.round((100 * traces(requests)) / requests)} %`,
      usd(traced(requests)),
      usd((1_000_000 * traced(requests)) / requests),
    ]),
  );

function exampleTable(): string {
  const lines = example();
  const total = lines.reduce((sum, { usd: amount }) => sum + amount, 0);
  return figures(
    ['', 'a month', 'USD'],
    [
      ...lines.map(({ what, amount, usd: dollars }) => [what, amount, usd(dollars)]),
      ['total', '', usd(total)],
    ],
  );
}

const loads = RATES.map(load);

const needTable = (): string =>
  figures(
    ['', ...RATES.map((rate) => `${whole(rate)} writes/s`)],
    [
      [
        `items table, write units/s (quota ${whole(TABLE_WRITES)})`,
        ...loads.map((l) => whole(l.tableWrites)),
      ],
      ['partitions of the items table, at least', ...loads.map((l) => whole(l.partitions))],
      [
        `AppSync request tokens/s, feed included (quota ${whole(REQUEST_TOKENS)})`,
        ...loads.map((l) => whole(l.tokens)),
      ],
      [
        `logs of changes (they are 4: ${whole(logsTake(ITEM_BYTES))} changes/s)`,
        ...loads.map((l) => whole(l.logs)),
      ],
      [
        `changes table, write units/s (quota ${whole(TABLE_WRITES)})`,
        ...loads.map((l) => whole(l.logWrites)),
      ],
      ['publishing Lambda functions at a time (quota 1,000)', ...loads.map((l) => whole(l.concurrency))],
    ],
  );

const monthTable = (): string =>
  figures(
    ['USD a month', ...RATES.map((rate) => `${whole(rate)} writes/s`)],
    [
      ['AppSync, the writes', ...loads.map((l) => usd(l.appSync))],
      ['DynamoDB, the writes', ...loads.map((l) => usd(l.dynamoDb))],
      ['the change feed, without subscribers', ...loads.map((l) => usd(l.feed))],
      ['logs and traces of both', ...loads.map((l) => usd(l.watching))],
      ['data out', ...loads.map((l) => usd(l.transfer))],
      ['total', ...loads.map((l) => usd(l.total))],
    ],
  );

/** By their names on docs/costs.md and docs/scaling.md. */
export const costTables: Readonly<Record<string, () => string>> = {
  prices: priceList,
  operations: operationTable,
  sizes: sizeTable,
  feed: feedTable,
  batches: batchTable,
  connections: connectionTable,
  standing: standingTable,
  example: exampleTable,
  traces: tracesTable,
  needs: needTable,
  month: monthTable,
};
