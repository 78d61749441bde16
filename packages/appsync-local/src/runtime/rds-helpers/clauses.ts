/**
 * A statement of its clauses. AppSync leaves out those that come to nothing and keeps a keyword whose body does, even
 * where the database will refuse that: `SELECT FROM "persons"` (recorded by localstack/appsync-utils).
 */
export const joinClauses = (...clauses: string[]): string =>
  clauses
    .filter((clause) => clause !== '')
    .join(' ')
    .trimEnd();

/** A clause that goes when its body is empty: `WHERE …`. */
export const clause = (keyword: string, body: string): string => (body === '' ? '' : `${keyword} ${body}`);
