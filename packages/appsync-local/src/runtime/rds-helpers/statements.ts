import { isRecord } from '../../ground/record.ts';
import { HelperFailure } from '../interruption.ts';

/** The result of `select`, `insert`, `update`, `remove` and `sql`: a statement before a dialect is chosen. */
export interface Statement {
  type: StatementType;
  properties: Record<string, unknown>;
}

const TYPES = ['SELECT', 'INSERT', 'UPDATE', 'REMOVE', 'SQL'] as const;
export type StatementType = (typeof TYPES)[number];

/** Statements cross into code and back as JSON, so only their shape identifies them. */
export const isStatement = (value: unknown): value is Statement =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  isRecord(value['properties']) &&
  TYPES.includes(value['type'] as StatementType);

export const isStatementOf = (value: unknown, type: StatementType): value is Statement =>
  isStatement(value) && value.type === type;

/** Whether a statement may stand in brackets inside another one. */
export const isSubquery = (value: unknown): value is Statement =>
  isStatementOf(value, 'SELECT') || isStatementOf(value, 'SQL');

/**
 * `select`, `insert`, `update` or `remove`. Checks only that the payload is an object; its members are checked when the
 * statement is written.
 *
 * @throws HelperFailure unless the payload is an object
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

/** The tag `sql`. @throws HelperFailure for arguments that a tag never receives */
export const sql = (strings: unknown, ...values: unknown[]): Statement => ({
  type: 'SQL',
  properties: { ...templateOf({ strings, values }) },
});

/** AppSync shows its own exception when `sql` is called by hand (recorded by localstack/appsync-utils). */
const UNEXPECTED = 'java.lang.IllegalArgumentException: Unexpected argument passed to sql tagged template';

/** The pieces of text, and the values between them. @throws HelperFailure unless there is one value fewer */
export function templateOf({ strings, values }: Record<string, unknown>): {
  strings: unknown[];
  values: unknown[];
} {
  if (!Array.isArray(strings) || !Array.isArray(values) || strings.length !== values.length + 1) {
    throw new HelperFailure(UNEXPECTED);
  }
  return { strings, values };
}
