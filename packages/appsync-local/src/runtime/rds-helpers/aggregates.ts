import { isRecord } from '../../ground/record.ts';
import { own, text } from '../helper-arguments.ts';
import type { HelperTree } from '../helper.ts';

/** The result of `agg.count('id')`. */
interface Aggregate {
  type: 'AGGREGATE';
  properties: { name: string; column: string };
}

/** By the names in `agg` and in a condition of `having`: the text up to the column, which a bracket follows. */
const AGGREGATES: Readonly<Record<string, string>> = {
  max: 'MAX(',
  maxDistinct: 'MAX(DISTINCT ',
  min: 'MIN(',
  minDistinct: 'MIN(DISTINCT ',
  count: 'COUNT(',
  countDistinct: 'COUNT(DISTINCT ',
  avg: 'AVG(',
  avgDistinct: 'AVG(DISTINCT ',
  sum: 'SUM(',
  sumDistinct: 'SUM(DISTINCT ',
};

/** `agg`. */
export const agg: HelperTree = Object.fromEntries(
  Object.keys(AGGREGATES).map((name) => [
    name,
    (column: unknown): Aggregate => ({
      type: 'AGGREGATE',
      properties: { name, column: text(column, `agg.${name}`) },
    }),
  ]),
);

export const isAggregate = (value: unknown): value is Aggregate =>
  isRecord(value) &&
  value['type'] === 'AGGREGATE' &&
  isRecord(value['properties']) &&
  own(AGGREGATES, String(value['properties']['name'])) !== undefined;

export const isAggregateName = (name: string): boolean => own(AGGREGATES, name) !== undefined;

/**
 * `COUNT(DISTINCT "id")`. There is no space before the bracket: MySQL accepts most of these functions only without one.
 *
 * @param column already quoted
 */
export const aggregateOf = (name: string, column: string): string => `${AGGREGATES[name]}${column})`;
