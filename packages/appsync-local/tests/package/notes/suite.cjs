const assert = require('node:assert/strict');
const { evaluate, start, StartFailure } = require('appsync-local');

async function main() {
  const { result } = await evaluate({ file: 'resolvers/note.js', context: { arguments: { id: '7' } } });
  assert.equal(result.operation, 'GetItem');
  await assert.rejects(start({ app: 'nowhere' }), StartFailure);
  console.log('passed');
}

void main();
