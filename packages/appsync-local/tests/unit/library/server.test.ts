import { expect, it } from 'vitest';
import { start } from '../../../src/index.ts';

it.each([
  ['memory and data', { memory: true, data: '.local' }, 'memory: true keeps no data'],
  ['neither', { memory: false }, 'memory: false needs data'],
])('start refuses %s', async (_, options, reason) => {
  await expect(start(options)).rejects.toThrow(reason);
});

it('start says in one line why a server does not start', async () => {
  await expect(start({ app: '/nowhere' })).rejects.toMatchObject({
    name: 'StartFailure',
    message: "there is no cloud assembly in '/nowhere': the directory does not exist",
  });
});
