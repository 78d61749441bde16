import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';
import { comparisonsOf } from './comparisons.ts';
import { isStatement, isStatementOf } from './statements.ts';
import type { Writer } from './writer.ts';

/**
 * The text of `where`, `having` or `on`; empty without a condition.
 *
 * @param keyword for the message: `WHERE`
 */
export function conditionOf(condition: unknown, keyword: string, writer: Writer): string {
  if (condition === undefined || condition === null) {
    return '';
  }
  if (isStatementOf(condition, 'SQL')) {
    return writer.statement(condition);
  }
  if (!isRecord(condition) || isStatement(condition)) {
    throw new HelperFailure(`${keyword} values are expected to be SQL templates or a condition object.`);
  }
  return membersOf(condition, writer);
}

/**
 * Joins the members with AND, in their order. A member that renders to nothing keeps its AND, a mistake of AppSync's that the
 * database will refuse (recorded by localstack/appsync-utils).
 */
const membersOf = (condition: Record<string, unknown>, writer: Writer): string =>
  Object.entries(condition)
    .map(([name, member]) => memberOf(name, member, writer))
    .join(' AND ');

function memberOf(name: string, member: unknown, writer: Writer): string {
  switch (name) {
    case 'and':
      return groupOf(name, member, ' AND ', writer);
    case 'or':
      return groupOf(name, member, ' OR ', writer);
    case 'not': {
      const group = groupOf(name, member, ' AND ', writer);
      return group === '' ? '' : `NOT (${group})`;
    }
    default:
      if (!isRecord(member)) {
        throw new HelperFailure('Expected condition to be an Object.');
      }
      return comparisonsOf(name, member, writer);
  }
}

/** Puts each condition of `and`, `or` or `not` in brackets. */
function groupOf(name: string, conditions: unknown, joint: string, writer: Writer): string {
  if (!Array.isArray(conditions)) {
    throw new HelperFailure(`${name} expects conditions to be an array`);
  }
  return conditions
    .map((condition) => {
      if (!isRecord(condition) || isStatement(condition)) {
        throw new HelperFailure(`Expected ${name} to be an Object.`);
      }
      const text = membersOf(condition, writer);
      return text === '' ? '' : `(${text})`;
    })
    .join(joint);
}
