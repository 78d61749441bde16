import { describe, expect, test } from 'vitest';
import { validate } from '../../../../model/kinds/validate.ts';
import { kinds } from '../../../../schema/generated/kinds.js';

/*
 * What holds of every kind, whichever there are.
 */

type Json = Record<string, unknown>;

const examplesOf = ({ examples = [] }: Json): unknown[] => examples as unknown[];

/** The value without one member of one of its objects, for each of them. */
function withoutEachMember(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element, index) =>
      withoutEachMember(element).map((less) => value.with(index, less)),
    );
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const { [name]: _, ...rest } = value as Json;
    return [rest, ...withoutEachMember(inner).map((less) => ({ ...rest, [name]: less }))];
  });
}

describe.each(kinds.map((kind) => [kind.kind, kind] as const))('of %s', (name, kind) => {
  const examples = examplesOf(kind.schema as Json);

  test('whose rules have an example to run on', () => {
    const place = `add "examples" to schema/kinds/${name}.schema.json: payloads that keep all its rules`;

    expect(kind.rules.length === 0 || examples.length > 0, place).toBe(true);
  });

  test('every example is valid', () => {
    expect(examples.map((example) => validate(kind, example))).toEqual(examples.map(() => []));
  });

  test('no rule throws where a member is missing', () => {
    const payloads = examples.flatMap((example) => withoutEachMember(example));

    expect(() => payloads.forEach((payload) => validate(kind, payload))).not.toThrow();
  });
});
