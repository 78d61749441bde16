import { expect, test } from 'vitest';
import { run } from '../harness/run.ts';

async function accepts(scalar: string, value: unknown): Promise<boolean> {
  const sdl = `type Query { echo(value: ${scalar}): Boolean }`;
  const query = `query ($value: ${scalar}) { echo(value: $value) }`;
  const { errors } = await run(sdl, query, { variables: { value }, resolvers: { 'Query.echo': true } });
  return !errors;
}

/** AppSync developer guide, "Scalar types", and its clients' tests. */
const CASES: Record<string, { yes: unknown[]; no: unknown[] }> = {
  AWSDate: {
    yes: [
      '1970-01-01',
      '1970-01-01Z',
      '1970-01-01-07:00',
      '1970-01-01+05:30',
      '2021-01-01-05:30:12',
      '2024-02-29',
      '-2024-02-29',
      '+12024-02-29',
      '2000-02-29',
      '2021-04-30',
      '2021-01-01-18:00',
    ],
    no: [
      '2021-1-01',
      '2021-13-01',
      '2021-01-32',
      '2023-02-29',
      '1900-02-29',
      '2024-02-30',
      '2021-04-31',
      '2021-01-01T00:00Z',
      '2021-01-01+5:30',
      'today',
      '2021-01-01+19:00',
      '12021-01-01',
      5,
    ],
  },
  AWSTime: {
    yes: ['12:30', '12:30Z', '12:30:24-07:00', '12:30:24.500+05:30', '12:30:24.1234Z', '12:30:24.123456789'],
    no: [
      '1:30',
      '24:00',
      '12:60',
      '12:30.Z',
      '12:30.500+05:30',
      '12:30:24-07:00Z',
      '12:30:24.1234567890',
      '1230',
      '',
    ],
  },
  AWSDateTime: {
    yes: [
      '1970-01-01T12:30Z',
      '2020-01-01T00:00+00:00',
      '-2017-01-01T00:00Z',
      '1970-01-01T12:30:24.500+05:30',
    ],
    no: ['2019', '1970-01-01', '1970-01-01T12:30', '2020-05-23T06:4:37.000Z', '2021-02-30T00:00Z'],
  },
  AWSTimestamp: { yes: [0, -1, 1700000000, 31556889864403199], no: ['5', 1.5, 1e20, true] },
  AWSEmail: { yes: ['username@example.com', 'a@b'], no: ['a@', '@a', 'a @b.c', 'a'] },
  AWSJSON: {
    yes: ['"1"', '1', 'true', 'null', '[]', '{"a":1}', '-1', '"\\ud83d\\ude00"', '"😀"', '"\\\\ud800"'],
    no: [
      ...['', '{a: 1}', "{'a': 1}", 'text', 5, {}],
      ...['"\\ud800"', '"\\uDC00"', '"\ud800"', '"\udc00"', '{"\\ude00":1}', '["a",{"\ud800":1}]'],
    ],
  },
  AWSURL: {
    yes: ['https://amazon.com/x?y=z', 'http://localhost/', 'smb://a/b', 'mailto:a@b.c'],
    no: ['amazon.com', '//example', 'http://x//y', ''],
  },
  AWSPhone: {
    yes: ['+1 202-555-0143', '2025550143', '1-202-555-0143', '+44 20 7946 0958', '202-555-0143'],
    no: [
      'abc',
      '',
      '+',
      '1110004444',
      '2021550143',
      '7946 0958',
      '+0123456789',
      '+44 20 7946 0958 1234567',
      '202--5550143',
    ],
  },
  AWSIPAddress: {
    yes: ['127.0.0.1', '123.45.67.89/16', '1a2b:3c4b::1234:4567', '::1/128'],
    no: [
      'localhost',
      '',
      '1.2.3',
      '999.1.1.1',
      '1.2.3.4/33',
      '::1/129',
      '1.2.3.4/',
      '1.2.3.4/1/2',
      'fe80::1%eth0',
      5,
    ],
  },
};

const table = Object.entries(CASES).flatMap(([scalar, { yes, no }]) => [
  ...yes.map((value) => [scalar, value, true] as const),
  ...no.map((value) => [scalar, value, false] as const),
]);

test.each(table)('%s with %j is accepted: %s', async (scalar, value, accepted) => {
  expect(await accepts(scalar, value)).toBe(accepted);
});

test('AWSJSON reaches handlers parsed, from a variable and from a literal', async () => {
  const sdl = 'type Query { echo(value: AWSJSON): String }';
  const seen: unknown[] = [];
  const resolvers = { 'Query.echo': ({ value }: { value?: unknown }) => void seen.push(value) };

  await run(sdl, 'query ($value: AWSJSON) { echo(value: $value) }', {
    variables: { value: '{"a":[0]}' },
    resolvers,
  });
  await run(sdl, '{ echo(value: "{\\"b\\": null}") }', { resolvers });

  expect(seen).toEqual([{ a: [0] }, { b: null }]);
});

test('a string with 600 brackets is no deep value', async () => {
  expect(await accepts('AWSJSON', JSON.stringify(`\\"${'['.repeat(600)}`))).toBe(true);
});
