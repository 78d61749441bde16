import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../../../src/index.ts';
import { temporaryDirectory, writeText } from '../template/harness/written-assembly.ts';

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

it('start keeps the reasons apart where there are several', async () => {
  const directory = temporaryDirectory();
  writeText(directory, 'template.yaml', 'Resources: { First: { Type: 1 }, Second: {} }');

  const failure = await start({ template: join(directory, 'template.yaml') }).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({
    name: 'StartFailure',
    reasons: [
      expect.stringContaining('resource First must be an object with a Type'),
      expect.stringContaining('resource Second must be an object with a Type'),
    ],
  });
});
