import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandsOf, parseNodeProgram } from '../../../../src/template/synthesis/app-command.ts';
import { temporaryDirectory, writeText } from '../harness/written-assembly.ts';

const directory = temporaryDirectory();

beforeAll(() => {
  writeText(directory, 'app.ts', '');
  for (const name of ['cjs', 'esm']) {
    writeText(directory, `node_modules/tsx/${name}/api.js`, '');
  }
});

const loaders = ['tsx/cjs/api', 'tsx/esm/api'];

test.each<[string, string[], string[]]>([
  ['node app.ts', [], []],
  ['node --import tsx app.ts', [], loaders],
  ['node --import=tsx --enable-source-maps ./app.ts', [], loaders],
  ['node --no-warnings --import tsx app.ts --stage dev', ['--stage', 'dev'], loaders],
  ['npx tsx app.ts', [], loaders],
  ['tsx app.ts one', ['one'], loaders],
])("takes '%s' for a Node.js program", (command, args, expected) => {
  const program = parseNodeProgram(command, directory);

  expect(program).toEqual({ file: join(directory, 'app.ts'), args, loaders: expected });
});

test.each([
  'npx ts-node app.ts',
  'node --inspect app.ts',
  'node --import other app.ts',
  'node missing.ts',
  'node app.ts && echo done',
  "node 'app.ts'",
  'STAGE=$STAGE node app.ts',
  'node',
  'npx tsx',
  'python3 app.py',
])("leaves '%s' to the shell", (command) => {
  expect(parseNodeProgram(command, directory)).toBeUndefined();
});

test.each<[string, string[]]>([
  ['npx tsc && npx tsx app.ts', ['npx tsc', 'npx tsx app.ts']],
  ['npm run build && node app.js', ['npm run build', 'node app.js']],
  ['npx tsx app.ts', ['npx tsx app.ts']],
  ['cd infra && npx tsx app.ts', ['cd infra && npx tsx app.ts']],
  ['npx tsc || npx tsx app.ts', ['npx tsc || npx tsx app.ts']],
  ["npx tsc && node -e '1'", ["npx tsc && node -e '1'"]],
])("takes '%s' apart where a shell keeps nothing", (command, commands) => {
  expect(commandsOf(command)).toEqual(commands);
});

test('leaves tsx to the shell where it is not installed', () => {
  const elsewhere = temporaryDirectory();
  writeText(elsewhere, 'app.ts', '');

  expect(parseNodeProgram('npx tsx app.ts', elsewhere)).toBeUndefined();
});
