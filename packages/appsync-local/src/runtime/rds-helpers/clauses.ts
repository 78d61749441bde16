/**
 * Joins the clauses of a statement. AppSync drops empty clauses and keeps a keyword whose body is empty, even where the
 * database will refuse that: `SELECT FROM "persons"` (recorded by localstack/appsync-utils).
 */
export const joinClauses = (...clauses: string[]): string =>
  clauses
    .filter((clause) => clause !== '')
    .join(' ')
    .trimEnd();

/** A clause that disappears with an empty body: `WHERE …`. */
export const clause = (keyword: string, body: string): string => (body === '' ? '' : `${keyword} ${body}`);
