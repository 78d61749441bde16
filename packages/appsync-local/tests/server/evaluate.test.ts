import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiId, code, javascript, resource } from '../unit/template/harness/minimal-api.ts';
import { writeAssembly } from '../unit/template/harness/written-assembly.ts';
import { runCommand } from './harness/command.ts';
import { temporaryDirectory } from './harness/local-server.ts';

const GREETS = `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  if (!ctx.args.name) util.error('name is required', 'BadRequest');
  console.log('greeting');
  ctx.stash.seen = ctx.args.name;
  return { payload: 'Hello, ' + ctx.args.name };
}
export const response = (ctx) => ctx.result;`;

const resolver = (text: string) =>
  resource('AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'greet',
    DataSourceName: 'None',
    Runtime: javascript,
    Code: text,
  });
const stackOf = (text: string) => ({ template: { Resources: { Greet: resolver(text) } } });

function contextFile(text: string): string {
  const file = join(temporaryDirectory(), 'context.json');
  writeFileSync(file, text);
  return file;
}

describe('appsync-local evaluate', () => {
  const app = writeAssembly({ Greetings: stackOf(GREETS) });
  const evaluate = (...words: string[]) => runCommand('evaluate', ...words, '--app', app);

  it("prints what a field's handler answers", async () => {
    const context = contextFile('{"arguments":{"name":"Ada"}}');

    const { code: exitCode, stdout } = await evaluate('Query.greet', '--context', context);

    expect(JSON.parse(stdout)).toEqual({
      result: { payload: 'Hello, Ada' },
      stash: { seen: 'Ada' },
      outErrors: [],
      logs: [expect.stringContaining('greeting')],
    });
    expect(exitCode).toBe(0);
  });

  it('ends with exit code 1 when the handler raises an error, which it prints', async () => {
    const { code: exitCode, stdout } = await evaluate('Query.greet');

    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: 'name is required', errorType: 'BadRequest' },
    });
    expect(exitCode).toBe(1);
  });

  it('runs a file', async () => {
    const file = join(temporaryDirectory(), 'greet.js');
    writeFileSync(file, GREETS);

    const { stdout } = await runCommand(
      'evaluate',
      file,
      '--context',
      contextFile('{"arguments":{"name":"Bo"}}'),
    );

    expect(JSON.parse(stdout)).toMatchObject({ result: { payload: 'Hello, Bo' } });
  });

  it.each<[string[], string]>([
    [['Query.great'], 'there is no code of Query.great; there is Query.greet'],
    [[], ', not 0; see npx appsync-local evaluate --help'],
    [['Query.greet', '--function', 'handler'], '--function must be request or response, not "handler"'],
    [['Query.greet', '--contxt', 'x'], "Unknown option '--contxt'; see npx appsync-local evaluate --help"],
    [['nowhere.js'], "there is no file 'nowhere.js'"],
    [['Query.greet', '--context', 'nowhere.json'], '--context nowhere.json cannot be read: ENOENT'],
    [['Query.greet', '--context', '[]'], '--context must be a JSON object such as'],
    [['Query.greet', '--context', '{'], 'is not JSON: '],
    [['Query.greet', '--context', '{"args":{}}'], 'name it context.arguments'],
    [['Query.greet', '--stack', 'Other'], 'there is no code of Query.greet in stack Other'],
  ])('is refused in one line: %j', async (words, reason) => {
    const files = words.map((word) => (/^[[{]/.test(word) ? contextFile(word) : word));

    const { code: exitCode, stdout, stderr } = await evaluate(...files);

    expect(stderr).toContain(reason);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });

  it('says which members of the context AppSync does not read', async () => {
    const { code: exitCode, stderr } = await evaluate(
      'Query.greet',
      '--context',
      contextFile('{"argument":{},"arguments":{"name":"Bo"}}'),
    );

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^AppSync does not read argument of .*; it reads arguments, identity, /);
  });

  it('asks for the stack where several have other code of that name', async () => {
    const both = writeAssembly({ Greetings: stackOf(GREETS), Others: stackOf(code) });

    const refused = await runCommand('evaluate', 'Query.greet', '--app', both);
    const chosen = await runCommand('evaluate', 'Query.greet', '--app', both, '--stack', 'Others');

    expect(refused.stderr).toContain(
      'several stacks have code of Query.greet: Greetings, Others; choose one with --stack',
    );
    expect(chosen.code).toBe(0);
  });
});
