import { seeingUndefined } from '../helper.ts';
import type { HelperTree } from '../helper.ts';
import { agg } from './aggregates.ts';
import { createStatement } from './create-statement.ts';
import { MYSQL, POSTGRES } from './identifiers.ts';
import { sql, statementOf } from './statements.ts';
import { toJsonObject } from './to-json-object.ts';
import { typeHint } from './type-hints.ts';

/**
 * `@aws-appsync/utils/rds`: writes statements and needs no database. The results are those that localstack/appsync-utils
 * recorded; joins, aggregates, groups and subqueries, which were not recorded, follow AWS's samples. The payloads keep
 * undefined members: an undefined value is NULL, and a condition on one is refused.
 */
export const rdsModule: HelperTree = {
  select: seeingUndefined(statementOf('select', 'SELECT')),
  insert: seeingUndefined(statementOf('insert', 'INSERT')),
  update: seeingUndefined(statementOf('update', 'UPDATE')),
  remove: seeingUndefined(statementOf('remove', 'REMOVE')),
  createPgStatement: createStatement('createPgStatement', POSTGRES),
  createMySQLStatement: createStatement('createMySQLStatement', MYSQL),
  sql,
  toJsonObject,
  typeHint,
  agg,
};
