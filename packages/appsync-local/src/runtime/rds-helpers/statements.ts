import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';

/** What `select`, `insert`, `update`, `remove` and `sql` give: a statement that no dialect has been chosen for yet. */
export interface Statement {
  type: StatementType;
  properties: Record<string, unknown>;
}

const TYPES = ['SELECT', 'INSERT', 'UPDATE', 'REMOVE', 'SQL'] as const;
export type StatementType = (typeof TYPES)[number];

/** Statements cross into code and back as JSON, so their shape is all that tells them. */
export const isStatement = (value: unknown): value is Statement =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  isRecord(value['properties']) &&
  TYPES.includes(value['type'] as StatementType);

export const isStatementOf = (value: unknown, type: StatementType): value is Statement =>
  isStatement(value) && value.type === type;

/** A statement that may stand in brackets inside another one. */
export const isSubquery = (value: unknown): value is Statement =>
  isStatementOf(value, 'SELECT') || isStatementOf(value, 'SQL');

/**
 * `select`, `insert`, `update` or `remove`. Looks at no more than the payload's type: its members are judged when the
 * statement is written.
 *
 * @throws HelperFailure without a payload that is an object
 */
export const statementOf =
  (helper: string, type: StatementType) =>
  (...given: unknown[]): Statement => {
    if (given.length === 0) {
      throw new HelperFailure(`An argument is expected to be passed to ${helper}`);
    }
    const [properties] = given;
    if (!isRecord(properties)) {
      throw new HelperFailure('Expected payload to be an Object.');
    }
    return { type, properties };
  };

/** The tag `sql`. @throws HelperFailure when it is called with other arguments than a tag's */
export const sql = (strings: unknown, ...values: unknown[]): Statement => ({
  type: 'SQL',
  properties: { ...templateOf({ strings, values }) },
});

/** AppSync's own exception shows where `sql` is called by hand (recorded by localstack/appsync-utils). */
const UNEXPECTED = 'java.lang.IllegalArgumentException: Unexpected argument passed to sql tagged template';

/** Pieces of text, and the values between them. @throws HelperFailure unless there is one value fewer */
export function templateOf({ strings, values }: Record<string, unknown>): {
  strings: unknown[];
  values: unknown[];
} {
  if (!Array.isArray(strings) || !Array.isArray(values) || strings.length !== values.length + 1) {
    throw new HelperFailure(UNEXPECTED);
  }
  return { strings, values };
}
