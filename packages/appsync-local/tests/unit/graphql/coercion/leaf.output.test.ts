import { expect, test } from 'vitest';
import { run } from '../harness/run.ts';

const SDL = `
  enum Colour { RED GREEN }
  type Leaf { int: Int float: Float text: String flag: Boolean id: ID colour: Colour time: AWSTime stamp: AWSTimestamp }
  type Query { leaf: Leaf }
`;

const cannot = (field: string, reason: string): string =>
  `Can't serialize value (/leaf/${field}) : ${reason}`;

/** Field, what the resolver gave, what the client gets: a value, or null and this error. */
const TIMESTAMP_ADVICE =
  "Ensure that the value provided is an Integer that lies within the limits specified in this scalar's description.";

test.each([
  ['int', 5, 5],
  ['int', '5', 5],
  ['int', 5.5, cannot('int', "Expected type 'Int' but was 'Double'.")],
  ['int', true, cannot('int', "Expected type 'Int' but was 'Boolean'.")],
  ['float', '1.5', 1.5],
  ['float', 'x', cannot('float', "Expected type 'Float' but was 'String'.")],
  ['text', 5, '5'],
  ['text', true, 'true'],
  ['text', { a: 1, b: ['x'] }, '{a=1, b=[x]}'],
  ['text', ['a', 1], '[a, 1]'],
  ['flag', 'true', true],
  ['flag', 'TruE', true],
  ['flag', 'RandomString', false],
  ['flag', '1', false],
  ['flag', 1, true],
  ['flag', 0, false],
  ['flag', [], cannot('flag', "Expected type 'Boolean' but was 'ArrayList'.")],
  ['flag', {}, cannot('flag', "Expected type 'Boolean' but was 'LinkedHashMap'.")],
  ['id', 5, '5'],
  ['id', {}, cannot('id', "Expected type 'ID' but was 'LinkedHashMap'.")],
  ['colour', 'RED', 'RED'],
  ['colour', 'BLUE', cannot('colour', "Invalid input for Enum 'Colour'. Unknown value 'BLUE'")],
  ['time', '12:30', '12:30'],
  ['time', '1230', cannot('time', 'Unable to serialize `1230` as a valid Time Object.')],
  ['stamp', '5', cannot('stamp', `Unable to serialize \`5\` as a valid timestamp. ${TIMESTAMP_ADVICE}`)],
])('%s %j', async (field, value, expected) => {
  const { data, errors } = await run(SDL, `{ leaf { ${field} } }`, {
    resolvers: { 'Query.leaf': { [field]: value } },
  });

  const got = errors ? errors[0]!.message : (data as { leaf: Record<string, unknown> }).leaf[field];
  expect(got).toEqual(expected);
  if (errors) {
    expect(errors[0]).toMatchObject({ path: ['leaf', field], locations: null });
    expect(data).toEqual({ leaf: { [field]: null } });
  }
});
