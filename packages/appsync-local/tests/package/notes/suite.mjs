import assert from 'node:assert/strict';
import { CodeRefused, evaluate, start } from 'appsync-local';

const server = await start({ memory: true });
try {
  const saved = await server.graphql('mutation { saveNote(id: "1", text: "Hello") { id text author } }');
  assert.deepEqual(saved, { data: { saveNote: { id: '1', text: 'Hello', author: null } } });

  const refused = await server.graphql('mutation { saveNote(id: "1") { id } }');
  assert.equal(refused.errors[0].errorType, 'BadRequest');

  const SAVE = 'mutation ($id: ID!) { saveNote(id: $id, text: "Hers") { author } }';
  const hers = await server.graphql(SAVE, { id: '2' }, { as: { user: 'alice' } });
  assert.deepEqual(hers, { data: { saveNote: { author: 'alice' } } });

  const over = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': server.apiKey },
    body: JSON.stringify({ query: '{ count }' }),
  });
  assert.deepEqual(await over.json(), { data: { count: 2 } });
} finally {
  await server.close();
}

const file = 'resolvers/saveNote.js';
const { result } = await evaluate({ file, context: { arguments: { id: '7', text: 'x' } } });
assert.equal(result.operation, 'PutItem');
const { error } = await evaluate({ file, context: { arguments: { id: '7' } } });
assert.deepEqual([error.errorType, error.message], ['BadRequest', 'A note has a text']);
await assert.rejects(evaluate({ code: 'export const request = () => fetch("x");' }), CodeRefused);
console.log('passed');
