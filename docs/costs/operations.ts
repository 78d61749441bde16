import {
  ANSWER_BYTES,
  APPSYNC_LOG_BYTES,
  BATCH_ITEMS,
  FILTER_SELECTIVITY,
  LAMBDA_GB,
  LAMBDA_LOG_BYTES,
  PAGE_ITEMS,
  PUT_VALIDATED_SECONDS,
} from './assumptions.ts';
import { cost } from './prices.ts';
import { eventually, gigabytes, lambda, logged, moved, r, traced, transactional, w } from './units.ts';

/** What a million of one operation takes. */
export interface Operation {
  name: string;
  /** Write and read request units of one. */
  writes: number;
  reads: number;
  /** Items in its answer. */
  answered: number;
  /** Seconds of the Lambda function; absent without one. */
  lambdaSeconds?: number;
}

const MILLION = 1_000_000;

/** Reads of a page: the items, and one more to know whether anything follows. */
const pageReads = (items: number, size: number): number => eventually(r(items * size)) + eventually(r(size));

/** Of items of `size` bytes; formulas as in docs/data-model.md. */
export const operations = (size: number): Operation[] => [
  { name: '`getItem`', writes: 0, reads: r(size), answered: 1 },
  {
    name: `\`getItems\`, ${BATCH_ITEMS} ids`,
    writes: 0,
    reads: BATCH_ITEMS * r(size),
    answered: BATCH_ITEMS,
  },
  { name: '`putItem`, `updateItem`, an unowned item', writes: w(size), reads: 0, answered: 1 },
  { name: '… an owned item', writes: w(size) + moved(size), reads: 0, answered: 1 },
  {
    name: '`putItem` with a token, an unowned item',
    writes: transactional(w(size) + w(size)),
    reads: r(size) + 1,
    answered: 1,
  },
  {
    name: `\`putItems\`, ${BATCH_ITEMS} unowned items`,
    writes: transactional(BATCH_ITEMS * w(size)),
    reads: BATCH_ITEMS * r(size),
    answered: BATCH_ITEMS,
  },
  {
    name: '`putValidatedItem`, unique values stay',
    writes: transactional(w(size)) + moved(size),
    reads: r(size),
    answered: 1,
    lambdaSeconds: PUT_VALIDATED_SECONDS,
  },
  {
    name: '… a new item with one unique value',
    writes: transactional(w(size) + 1) + w(size),
    reads: 1,
    answered: 1,
    lambdaSeconds: PUT_VALIDATED_SECONDS,
  },
  { name: '`deleteItem`, an unowned item', writes: w(size), reads: 0, answered: 1 },
  { name: `a page of ${PAGE_ITEMS}`, writes: 0, reads: pageReads(PAGE_ITEMS, size), answered: PAGE_ITEMS },
  {
    name: `… of which one in ${FILTER_SELECTIVITY} meets the filter`,
    writes: 0,
    reads: pageReads(PAGE_ITEMS * FILTER_SELECTIVITY, size),
    answered: PAGE_ITEMS,
  },
];

/** Dollars of a million, by who sends the bill. */
export interface Bill {
  appSync: number;
  dynamoDb: number;
  lambda: number;
  logs: number;
  traces: number;
  /** Data out to the internet. */
  transfer: number;
  total: number;
}

/** @param traces dollars of their traces @default those of a million that are spread over a month */
export function bill(
  { writes, reads, answered, lambdaSeconds }: Operation,
  size: number,
  traces = traced(MILLION),
): Bill {
  const invoked = lambdaSeconds === undefined ? 0 : MILLION;
  const logBytes = MILLION * APPSYNC_LOG_BYTES + invoked * LAMBDA_LOG_BYTES;
  const parts = {
    appSync: cost('appSyncOperation', MILLION),
    dynamoDb: cost('dynamoDbWrite', MILLION * writes) + cost('dynamoDbRead', MILLION * reads),
    lambda: lambda(invoked, lambdaSeconds ?? 0, LAMBDA_GB),
    logs: logged(logBytes),
    traces,
    transfer: cost('dataOut', gigabytes(MILLION * (answered * size + ANSWER_BYTES))),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}
