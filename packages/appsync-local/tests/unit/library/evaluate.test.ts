import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodeRefused, evaluate, MockContextRefused } from '../../../src/index.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evaluate-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const unit = (request: string, response = 'null'): string =>
  `import { util, runtime } from '@aws-appsync/utils';
export function request(ctx) { ${request} }
export function response(ctx) { return ${response}; }
`;

describe('evaluate', () => {
  it('gives what the request handler returns, and what it did on the way', async () => {
    const code = unit('ctx.stash.seen = true; console.log(ctx.args.id); return { id: ctx.args.id };');

    const evaluated = await evaluate({ code, context: { arguments: { id: '7' } } });

    expect(evaluated).toEqual({
      result: { id: '7' },
      stash: { seen: true },
      outErrors: [],
      logs: [expect.stringContaining('"7"')],
      effects: { invalidations: [], responseHeaders: [] },
    });
  });

  it.each([
    'ctx.stash.self = ctx.stash;',
    "let text = 'a'; for (const x of '0123456789012345678901') { text += text; } ctx.stash.list = [text, text, text, text];",
  ])('fails where the stash cannot be told: %s', async (request) => {
    const evaluated = await evaluate({ code: unit(request) });

    expect(evaluated.error).toEqual({
      message: 'ctx.stash refers to itself or is too large to become JSON',
      errorType: 'Code',
      data: null,
      errorInfo: null,
    });
    expect(evaluated.stash).toEqual({});
  });

  it('tells the stash of code that changed its arguments beyond JSON', async () => {
    const code = unit('ctx.args.self = ctx.args; ctx.stash.seen = true; return 1;');

    const evaluated = await evaluate({ code, context: { arguments: {} } });

    expect(evaluated).toMatchObject({ result: 1, stash: { seen: true } });
  });

  it.each(['.js', '.ts'])('names the lines of a %s file that log', async (ending) => {
    const file = write(
      `Query.logs${ending}`,
      `// A comment.\n${unit('console.log(ctx.args.id); return {};')}`,
    );

    const { logs } = await evaluate({ file, context: { arguments: { id: '7' } } });

    expect(logs).toEqual([expect.stringMatching(/^INFO - \S*Query\.logs\.[jt]s:3:\d+: "7"$/)]);
  });

  it('refuses code without a name as such', async () => {
    await expect(evaluate({ code: 'export {};' })).rejects.toThrow(
      /^AppSync would refuse the code: code\.js:1/,
    );
  });

  it('evaluates the response handler on what the data source answered', async () => {
    const code = unit('return {};', 'ctx.result.items.length');

    const { result } = await evaluate({ code, function: 'response', context: { result: { items: [1, 2] } } });

    expect(result).toBe(2);
  });

  it('tells an error that code raised, and what it appended', async () => {
    const code = unit("util.appendError('first', 'A'); util.error('No', 'BadRequest', { a: 1 }, { b: 2 });");

    const { result, error, outErrors } = await evaluate({ code });

    expect(result).toBeUndefined();
    expect(error).toMatchObject({
      message: 'No',
      errorType: 'BadRequest',
      data: { a: 1 },
      errorInfo: { b: 2 },
    });
    expect(outErrors).toMatchObject([{ message: 'first', errorType: 'A' }]);
  });

  it('tells an early return', async () => {
    const evaluated = await evaluate({ code: unit('return runtime.earlyReturn({ id: 1 });') });

    expect(evaluated).toMatchObject({ result: { id: 1 }, skipTo: 'NEXT' });
  });

  it('stops the clock where it is told to', async () => {
    const code = unit('return util.time.nowISO8601();');

    const { result } = await evaluate({ code, now: new Date('2026-03-01T12:00:00Z') });
    const { result: later } = await evaluate({ code });

    expect(result).toBe('2026-03-01T12:00:00.000Z');
    expect(Date.parse(later)).toBeGreaterThan(Date.parse('2026-03-02'));
  });

  it('means by JavaScript what it is told', async () => {
    const code = unit('return { same: undefined === null };');

    expect(await evaluate({ code })).toMatchObject({ result: { same: true } });
    expect(await evaluate({ code, javascript: 'plain' })).toMatchObject({ result: { same: false } });
  });

  it('refuses code that AppSync would refuse, with every problem', async () => {
    const evaluating = evaluate({ code: unit('for (;;) { missing(); }') });

    await expect(evaluating).rejects.toThrow(CodeRefused);
    await expect(evaluating).rejects.toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ file: 'code.js', line: 2 })]),
    });
  });

  it('refuses a context that AppSync would refuse, and one that it would misunderstand', async () => {
    const code = unit('return {};');

    await expect(evaluate({ code, context: { identity: { name: 'alice' } } })).rejects.toThrow(
      MockContextRefused,
    );
    await expect(evaluate({ code, context: { args: {} } as object })).rejects.toThrow(
      'context.args is not what AppSync reads; name it context.arguments',
    );
  });

  it('refuses both code and file, and neither', async () => {
    await expect(evaluate({} as never)).rejects.toThrow('evaluate takes either code or file');
    await expect(evaluate({ code: '', file: 'a.js' } as never)).rejects.toThrow('either code or file');
  });
});

describe('evaluate of a file', () => {
  it('takes JavaScript as it is, and again once it has changed', async () => {
    const file = write('Query.now.js', unit('return { version: 1 };'));
    const first = await evaluate({ file });
    write('Query.now.js', unit('return { version: 2 };'));
    utimesSync(file, 1, 1);

    expect(first.result).toEqual({ version: 1 });
    expect((await evaluate({ file })).result).toEqual({ version: 2 });
  });

  it('bundles TypeScript, and again once a module it imports has changed', async () => {
    symlinkSync(
      join(import.meta.dirname, '../../../../../node_modules'),
      join(folder, 'node_modules'),
      'junction',
    );
    const imported = write('shared.ts', 'export const version: number = 1;');
    const file = write(
      'Query.now.ts',
      "import { version } from './shared.ts';\nexport const request = (ctx: object) => ({ version });\nexport const response = () => null;\n",
    );
    const first = await evaluate({ file });
    write('shared.ts', 'export const version: number = 2;');
    utimesSync(imported, 1, 1);

    expect(first.result).toEqual({ version: 1 });
    expect((await evaluate({ file })).result).toEqual({ version: 2 });
  });

  it('places problems in the author’s own file', async () => {
    symlinkSync(
      join(import.meta.dirname, '../../../../../node_modules'),
      join(folder, 'node_modules'),
      'junction',
    );
    const file = write(
      'Query.now.ts',
      'export const request = () => ({});\n\nexport const response = () => {\n  return missing;\n};\n',
    );

    await expect(evaluate({ file })).rejects.toMatchObject({
      problems: [{ file: expect.stringMatching(/Query\.now\.ts$/), line: 4, column: 10 }],
    });
  });

  it('needs a file that is there', async () => {
    await expect(evaluate({ file: join(folder, 'none.js') })).rejects.toThrow('ENOENT');
  });

  it('says how Jest’s environment jsdom lets esbuild be loaded', async () => {
    mkdirSync(join(folder, 'node_modules/esbuild'), { recursive: true });
    write(
      'node_modules/esbuild/index.js',
      'throw new Error(\'Invariant violation: "Buffer.from(\\\\"\\\\") instanceof Uint8Array" is incorrectly false\\n\\nFix it.\');',
    );

    const evaluated = evaluate({ file: write('Query.a.ts', unit('return {};')) });

    await expect(evaluated).rejects.toThrow(
      /^\S+Query\.a\.ts must be bundled, but esbuild fails to load: Invariant violation: .* is incorrectly false; .*@jest-environment node/,
    );
  });
});

it.each([
  [
    'a misspelt name',
    { code: '', fuction: 'response' },
    "evaluate has no option 'fuction'; it has code, file",
  ],
  ['another handler', { code: '', function: 'respond' }, "function must be 'request' or 'response'"],
  ['a time as text', { code: '', now: '2020-01-01' }, "now must be a Date or a number, not '2020-01-01'"],
  ['no options', undefined, 'the options of evaluate must be an object, not undefined'],
])('evaluate refuses %s, which a compiler would', async (_, options, reason) => {
  await expect(evaluate(options as never)).rejects.toThrow(reason);
});
