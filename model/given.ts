/** True for every value, 0 too, that is neither absent nor null. */
export function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value != null;
}

/**
 * True when the input has the member, be it null: absent leaves things as they are, null removes them. In AppSync null and undefined are
 * the same to `===`, so only the names of the members tell (packages/appsync-local/docs/facts/runtime.md#undefined-is-null).
 */
export function hasMember<Input extends object>(input: Input, member: string & keyof Input): boolean {
  return Object.keys(input).includes(member);
}
