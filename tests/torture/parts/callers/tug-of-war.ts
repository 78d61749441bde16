import type { Random } from '../../../../packages/appsync-local/tests/harness/random.ts';
import type { Findings } from '../../findings.ts';
import type { Caller, CallerName } from '../../harness/callers.ts';
import type { Client } from '../../harness/client.ts';
import type { Marks } from '../../harness/marks.ts';
import { markOf } from './treasure.ts';

const PUT = `mutation ($input: PutItemInput!) { putItem(input: $input) { id payload owner version } }`;
const UPDATE = `mutation ($input: UpdateItemInput!) { updateItem(input: $input) { id payload owner version } }`;
const DELETE = `mutation ($input: DeleteItemInput!) { deleteItem(input: $input) { id payload owner version } }`;
const RIVALS: readonly CallerName[] = ['alice', 'bob', 'key'];

/**
 * An admin hands one item from one to the next, each time with another payload, while all of them write it: between two looks at it, it
 * is somebody else's, and neither an answer nor an error may show what it has become.
 */
export async function tugOfWar(
  client: Client,
  marks: Marks,
  findings: Findings,
  random: Random,
): Promise<void> {
  const id = marks.make(...client.callers.map(({ name }) => name));
  let isOver = false;
  const rivals = RIVALS.map(async (name) => {
    while (!isOver) {
      await grab(client, client.caller(name), id, random, findings);
    }
  });
  rivals.forEach((rival) => rival.catch(() => (isOver = true)));
  try {
    for (let turn = 0; turn < 30; turn += 1) {
      const holder = random.oneOf(RIVALS);
      const payload = JSON.stringify({ mark: markOf(marks, holder) });
      const input = { id, payload, owner: client.caller(holder).owner };
      await client.ask(client.caller('admin'), PUT, { input });
      findings.count('times an item changed hands under its writers');
    }
  } finally {
    isOver = true;
    await Promise.all(rivals);
  }
}

async function grab(
  client: Client,
  caller: Caller,
  id: string,
  random: Random,
  findings: Findings,
): Promise<void> {
  const expectedVersion = random.oneOf([undefined, 1, 2, 3]);
  const [query, input] = random.oneOf([
    [UPDATE, { id, payload: '{"n":1}' }],
    [UPDATE, { id, payload: '{"n":2}', expectedVersion }],
    [PUT, { id, payload: '{"n":3}', expectedVersion }],
    [DELETE, { id, expectedVersion }],
  ] as const);
  await client.ask(caller, query, { input });
  findings.count('writes by rivals');
}
