/** Clauses in parentheses, where there are several: DynamoDB refuses parentheses that do nothing. */
export function joined(clauses: string[], joint: string): string {
  return clauses.length > 1 ? `(${clauses.join(joint)})` : clauses.join('');
}
