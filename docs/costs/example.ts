import { ALARMS, APP, ITEM_BYTES, PAGE_ITEMS, WAF_RULES } from './assumptions.ts';
import { feedBill, feedTraces } from './feed.ts';
import { bill, type Operation, operations } from './operations.ts';
import { cost } from './prices.ts';
import { gigabytes, traced } from './units.ts';

/** A line of a month's bill. */
export interface Line {
  what: string;
  amount: string;
  usd: number;
}

const MILLION = 1_000_000;

const whole = (number: number): string => Math.round(number).toLocaleString('en-US');

const named = (start: string): Operation =>
  operations(ITEM_BYTES).find(({ name }) => name.startsWith(start))!;

/** The month of an app (`APP` in assumptions.ts), before free tiers: its requests, changes, connections, users and watching. */
export function example(): Line[] {
  const {
    users,
    usersOfDay,
    days,
    minutesConnected,
    pages,
    reads,
    writes,
    validatedWrites,
    listeners,
    items,
  } = APP;
  const visits = usersOfDay * days;
  const calls: [string, Operation, number][] = [
    [`pages of ${PAGE_ITEMS}`, named('a page of'), pages],
    ['`getItem`', named('`getItem`'), reads],
    ['`updateItem` of owned items', named('… an owned item'), writes],
    ['`putValidatedItem`', named('`putValidatedItem`'), validatedWrites],
  ];
  const requests = visits * calls.reduce((sum, [, , times]) => sum + times, 0);
  const changes = visits * (writes + validatedWrites);
  // Few changes at a time: a batch has one.
  const change = { size: ITEM_BYTES, owned: true, batch: 1 };
  const feed = feedBill(change, 0);
  const stored = gigabytes(items * ITEM_BYTES);
  return [
    ...calls.map(([what, operation, times]) => ({
      what,
      amount: whole(visits * times),
      usd: (bill(operation, ITEM_BYTES, 0).total * visits * times) / MILLION,
    })),
    { what: 'changes, in the feed', amount: whole(changes), usd: (feed.total * changes) / MILLION },
    {
      what: '… delivered to their owners',
      amount: whole(changes * listeners),
      usd: (feed.subscriber * changes * listeners) / MILLION,
    },
    {
      what: 'minutes of connections',
      amount: whole(visits * minutesConnected),
      usd: cost('appSyncConnectionMinute', visits * minutesConnected),
    },
    { what: 'traces of all that', amount: '', usd: traced(requests) + feedTraces(changes, change) },
    {
      what: 'items stored, in two indexes, with recovery',
      amount: whole(items),
      usd: cost('dynamoDbStorage', 3 * stored) + cost('dynamoDbRecovery', stored),
    },
    { what: 'active users', amount: whole(users), usd: cost('cognitoUser', users) },
    {
      what: 'alarms and the dashboard',
      amount: `${ALARMS} and 1`,
      usd: cost('cloudWatchAlarm', ALARMS) + cost('cloudWatchDashboard', 1),
    },
    {
      what: 'with `waf`',
      amount: whole(requests),
      usd: cost('wafAcl', 1) + cost('wafRule', WAF_RULES) + cost('wafRequest', requests),
    },
  ];
}
