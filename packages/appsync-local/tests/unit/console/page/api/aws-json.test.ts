import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

describe('a readable answer', () => {
  const schema = buildSchema(`
    scalar AWSJSON
    interface Node { id: ID! }
    type Task implements Node { id: ID! payload: AWSJSON! notes: [AWSJSON] text: String next: Task }
    union Any = Task
    type Query { task: Task tasks: [Task!]! any: Any node: Node }
  `);

  const readable = async (query: string, data: unknown, operationName?: string) => {
    const { readable } = await pageModule('api/aws-json.ts');
    return readable!({ data }, { query, operationName }, schema);
  };

  it('has AWSJSON as what it says, wherever it is selected and whatever it is called', async () => {
    const answer = await readable(
      `query A { task { text } }
       query B {
         tasks { p: payload notes text next { ...F } }
         any { ... on Task { payload } }
         node { id ... on Task { payload } }
       }
       fragment F on Task { payload }`,
      {
        tasks: [{ p: '{"a":1}', notes: ['[1]', null], text: '{"b":2}', next: { payload: '"c"' } }],
        any: { payload: 'true' },
        node: { id: '1', payload: 'null' },
      },
      'B',
    );

    // As text: where the engine has `JSON.rawJSON`, as browsers and Node.js 22 do, numbers are objects that keep their digits.
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      data: {
        tasks: [{ p: { a: 1 }, notes: [[1], null], text: '{"b":2}', next: { payload: 'c' } }],
        any: { payload: true },
        node: { id: '1', payload: null },
      },
    });
  });

  it.each([
    ['{ task { text } }', { task: { text: '{"a":1}' } }],
    ['{ task { payload } }', { task: { payload: 'not JSON' } }],
    ['{ task { payload } }', { task: null }],
    ['{ task {', { task: { payload: '1' } }],
    ['{ task { payload } }', null],
  ])('is the answer as it came for %s and %j', async (query, data) => {
    expect(await readable(query, data)).toEqual({ data });
  });
});
