import { isRecord } from '../../ground/record.ts';
import { own } from '../helper-arguments.ts';
import { HelperFailure } from '../interruption.ts';
import { clause, joinClauses } from './clauses.ts';
import { columnsOf } from './columns.ts';
import { conditionOf } from './conditions.ts';
import { sourceOf } from './row-sources.ts';
import type { Writer } from './writer.ts';

/** By the names in a payload of `select`. */
const JOINS: Readonly<Record<string, string>> = {
  join: 'JOIN',
  innerJoin: 'INNER JOIN',
  leftJoin: 'LEFT JOIN',
  leftOuterJoin: 'LEFT OUTER JOIN',
  rightJoin: 'RIGHT JOIN',
  rightOuterJoin: 'RIGHT OUTER JOIN',
  fullOuterJoin: 'FULL OUTER JOIN',
  crossJoin: 'CROSS JOIN',
  joinNatural: 'NATURAL JOIN',
  innerJoinNatural: 'NATURAL INNER JOIN',
  leftJoinNatural: 'NATURAL LEFT JOIN',
  leftOuterJoinNatural: 'NATURAL LEFT OUTER JOIN',
  rightJoinNatural: 'NATURAL RIGHT JOIN',
  rightOuterJoinNatural: 'NATURAL RIGHT OUTER JOIN',
  fullOuterJoinNatural: 'NATURAL FULL OUTER JOIN',
};

/** Missing in MySQL (aws-samples/aws-appsync-resolver-samples, samples/rds/README.md, "Joins"). */
const ONLY_IN_POSTGRES = ['fullOuterJoin', 'fullOuterJoinNatural'];

/** All joins of a payload, in its order. */
export const joinsOf = (payload: Record<string, unknown>, writer: Writer): string =>
  Object.entries(payload)
    .filter(([name, joins]) => own(JOINS, name) !== undefined && joins !== null && joins !== undefined)
    .flatMap(([name, joins]) => joinsOfKind(name, joins, writer))
    .join(' ');

function joinsOfKind(name: string, joins: unknown, writer: Writer): string[] {
  if (!Array.isArray(joins)) {
    throw new HelperFailure(`${name} expects an array.`);
  }
  if (ONLY_IN_POSTGRES.includes(name)) {
    writer.onlyInPostgres(name);
  }
  return joins.map((join) => {
    if (!isRecord(join)) {
      throw new HelperFailure(`${name} item expected to be an object.`);
    }
    return joinClauses(`${JOINS[name]} ${sourceOf(join, writer)}`, matchOf(join, name, writer));
  });
}

/** `USING ("artist_id")` or `ON …`; neither for cross and natural joins. */
function matchOf({ using, on }: Record<string, unknown>, name: string, writer: Writer): string {
  if (using === undefined || using === null) {
    return clause('ON', conditionOf(on, 'ON', writer));
  }
  if (on !== undefined && on !== null) {
    throw new HelperFailure(`'using' and 'on' keys cannot be used together in ${name}`);
  }
  return `USING (${columnsOf(using, writer)})`;
}
