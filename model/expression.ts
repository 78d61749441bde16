/** An expression of DynamoDB. Its values are plain: resolvers and Lambda functions marshal them. */
export type Expression = {
  expression: string;
  names: Record<string, string>;
  values: Record<string, unknown>;
};

/** Clauses in parentheses, where there are several: DynamoDB refuses parentheses that do nothing. */
export function joined(clauses: string[], joint: string): string {
  return clauses.length > 1 ? `(${clauses.join(joint)})` : clauses.join('');
}

/** All of them must hold. */
export function allOf(expressions: Expression[]): Expression {
  return expressions.reduce((whole, { expression, names, values }) => ({
    expression: `${whole.expression} AND ${expression}`,
    names: { ...whole.names, ...names },
    values: { ...whole.values, ...values },
  }));
}
