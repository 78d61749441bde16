import assert from 'node:assert/strict';
import type { ConformanceApi } from '../check.ts';

/** What a handler gets of one variable, or the message of the only error. */
export async function received(
  { graphql }: ConformanceApi,
  type: string,
  argument: string,
  value: unknown,
): Promise<unknown> {
  const { data, errors } = await graphql<{ echo: string }, object>(
    `query Q($v: ${type}) { echo(${argument}: $v) }`,
    value === undefined ? {} : { v: value },
  );
  if (!errors) {
    return (JSON.parse(data!.echo) as Record<string, unknown>)[argument];
  }
  assert.equal(errors.length, 1);
  assert.equal(data, null);
  return errors[0]!.message;
}

export const invalid = (name: string, reason: string): string =>
  `Variable '${name}' has an invalid value. ${reason}`;
