import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadAssembly } from '../../../src/template/load-assembly.ts';
import { runCommand } from '../../../src/template/synthesis/run-command.ts';
import { synthesize } from '../../../src/template/synthesize.ts';
import { temporaryDirectory, writeText } from './harness/written-assembly.ts';

let directory: string;
let out: string;
let reports: string[];

beforeEach(() => {
  directory = temporaryDirectory();
  out = join(directory, 'kept');
  reports = [];
});

const configure = (config: object): void => writeText(directory, 'cdk.json', JSON.stringify(config));
const run = (): Promise<string> => synthesize(directory, out, (line) => reports.push(line));

/** Writes a cloud assembly without the CDK, which takes its time, and counts its runs. */
const program = `
  const { appendFileSync, writeFileSync } = require('node:fs');
  console.log('chatter');
  appendFileSync(process.env.COUNT, '.');
  writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', JSON.stringify({ artifacts: {} }));
  writeFileSync(process.env.CDK_OUTDIR + '/seen.json', JSON.stringify({
    cwd: process.cwd(), validation: process.env.CDK_VALIDATION, context: JSON.parse(process.env.CDK_CONTEXT_JSON),
  }));
`;

function useProgram(text: string): void {
  vi.stubEnv('COUNT', join(temporaryDirectory(), 'count'));
  writeText(directory, 'app.cjs', text);
  configure({ app: 'node app.cjs', context: { stage: 'dev', from: 'cdk.json' } });
}

const runs = (): number => readFileSync(process.env['COUNT']!, 'utf8').length;

afterEach(() => vi.unstubAllEnvs());

describe('synthesize', () => {
  test('runs the app of cdk.json in its own directory with what the CDK CLI would give it', async () => {
    useProgram(program);
    writeText(directory, 'cdk.context.json', JSON.stringify({ from: 'cdk.context.json' }));

    const assembly = await run();

    expect(loadAssembly(assembly).stacks).toEqual([]);
    expect(JSON.parse(readFileSync(join(assembly, 'seen.json'), 'utf8'))).toEqual({
      cwd: directory,
      validation: 'false',
      context: { stage: 'dev', from: 'cdk.context.json' },
    });
    expect(reports).toEqual(['Synthesizing: node app.cjs']);
  });

  test('runs the app again only when something it depends on has changed', async () => {
    useProgram(program);

    const first = await run();
    const second = await run();
    writeText(directory, 'schema.graphql', 'type Query { a: String }');
    const third = await run();

    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(runs()).toBe(2);
    expect(reports).toHaveLength(2);
  });

  test('serves two servers that start at once', async () => {
    useProgram(program);

    const [one, other] = await Promise.all([run(), run()]);

    expect(one).toBe(other);
    expect(existsSync(join(one, 'manifest.json'))).toBe(true);
    expect(readdirSync(out)).toHaveLength(1);
  });

  test('does not trust an assembly whose inputs changed while it was made', async () => {
    useProgram(`${program} writeFileSync('schema.graphql', 'saved meanwhile');`);

    const first = await run();
    rmSync(join(directory, 'schema.graphql'));
    const second = await run();

    expect(existsSync(join(first, 'manifest.json'))).toBe(true);
    expect(second).not.toBe(first);
  });

  test('runs the build command of cdk.json first', async () => {
    useProgram(program);
    configure({
      build: `node -e "fs.writeFileSync('built.txt', '')"`,
      app: 'test -f built.txt && node app.cjs',
    });

    const assembly = await run();

    expect(existsSync(join(assembly, 'manifest.json'))).toBe(true);
  });

  test('runs an app in another language by its command', async () => {
    configure({ app: 'sh app.sh' });
    writeText(directory, 'prepared/manifest.json', '{ "artifacts": {} }');
    writeText(directory, 'app.sh', 'mkdir -p "$CDK_OUTDIR" && cp prepared/* "$CDK_OUTDIR"');

    expect(loadAssembly(await run()).stacks).toEqual([]);
    expect(reports).toEqual(['Synthesizing: sh app.sh']);
  });

  test('runs the backend of Amplify Gen 2 without a cdk.json, with the context that ampx gives it', async () => {
    writeText(directory, 'amplify/backend.ts', program);
    symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
    vi.stubEnv('COUNT', join(temporaryDirectory(), 'count'));

    const assembly = await run();

    expect(JSON.parse(readFileSync(join(assembly, 'seen.json'), 'utf8'))).toMatchObject({
      cwd: directory,
      context: { 'amplify-backend-name': 'local', 'amplify-backend-type': 'sandbox' },
    });
    expect(reports).toEqual(['Synthesizing: npx tsx amplify/backend.ts']);
    writeText(directory, 'src/App.tsx', 'the front end');
    expect(await run()).toBe(assembly);
    rmSync(join(directory, 'node_modules'));
  });

  test('gives the app further variables, and runs it again when they change', async () => {
    useProgram(`${program}
      writeFileSync(process.env.CDK_OUTDIR + '/stage', process.env.STAGE + ' ' + process.env.KNOWN);`);
    vi.stubEnv('KNOWN', 'mine');
    const stageWith = async (variables: Record<string, string>): Promise<string> =>
      readFileSync(join(await synthesize(directory, out, () => undefined, variables), 'stage'), 'utf8');

    expect(await stageWith({ STAGE: 'test', KNOWN: 'theirs' })).toBe('test mine');
    expect(await stageWith({ STAGE: 'prod' })).toBe('prod mine');
    expect(await stageWith({ STAGE: 'prod' })).toBe('prod mine');
    expect(runs()).toBe(2);
  });

  test('takes a finished assembly that cdk.json names', async () => {
    configure({ app: 'made' });
    writeText(directory, 'made/manifest.json', '{}');

    const assembly = await run();

    expect(assembly).toBe(join(directory, 'made'));
    expect(reports).toEqual([]);
  });

  test.each<[string, () => void, string]>([
    ['there is no cdk.json', () => {}, 'there is no cdk.json in'],
    [
      'there is a SAM template instead',
      () => writeText(directory, 'template.yaml', ''),
      'but template.yaml; run npx appsync-local --template ',
    ],
    [
      'there is a project of the Serverless Framework instead',
      () => writeText(directory, 'serverless.yml', ''),
      'but serverless.yml; run serverless package, then npx appsync-local --template ',
    ],
    ['cdk.json is no JSON', () => writeText(directory, 'cdk.json', '{'), 'cdk.json is not valid JSON'],
    ['cdk.json names no app', () => configure({}), 'cdk.json names no app; add "app"'],
    [
      'the app throws',
      () => useProgram("throw new Error('the table has no name')"),
      "the CDK app could not be synthesized: 'node app.cjs' failed: Error: the table has no name",
    ],
    ['the app exits', () => useProgram('process.exitCode = 3'), "'node app.cjs' failed: exit code 3"],
    [
      'the app says why on its output and exits',
      () => useProgram("console.log('no stage given'); process.exitCode = 1"),
      'failed: no stage given',
    ],
    ['the app is no command', () => configure({ app: 'no-such-command' }), "'no-such-command' failed: "],
    [
      'the app chooses its own outdir',
      () => useProgram('1'),
      "'node app.cjs' wrote no cloud assembly; call new App() without outdir",
    ],
  ])('refuses in one line when %s, and leaves nothing behind', async (_title, prepare, message) => {
    prepare();

    const failure = await run().catch((error: Error) => error);

    expect(failure).toMatchObject({ name: 'StartFailure', message: expect.not.stringContaining('\n') });
    expect((failure as Error).message).toContain(message);
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([]);
  });
});

describe('a CDK app in TypeScript', () => {
  /** As in the folder of `cdk.json`, whose command is recognized as a program of Node.js. */
  const synthesized = async (text: string): Promise<string> => {
    const folder = temporaryDirectory();
    writeText(directory, 'app.ts', text);
    writeText(directory, 'package.json', '{"type":"module"}');
    writeText(directory, 'name.json', '{"name":"Tasks"}');
    symlinkSync(join(process.cwd(), 'node_modules'), join(directory, 'node_modules'));
    const variables = { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' };
    await runCommand('npx tsx app.ts', directory, variables);
    return folder;
  };

  const imports = `
    import { App, Stack } from 'aws-cdk-lib/core';
    import { name } from './name.json';
  `;

  afterEach(() => rmSync(join(directory, 'node_modules'), { force: true }));

  test('is synthesized when it calls synth() itself', async () => {
    const folder = await synthesized(`${imports} const app = new App(); new Stack(app, name); app.synth();`);

    expect(loadAssembly(folder).stacks.map((stack) => stack.name)).toEqual(['Tasks']);
  });

  test('is synthesized when it relies on the end of the program', async () => {
    const folder = await synthesized(`${imports} new Stack(new App() as App, name);`);

    expect(loadAssembly(folder).stacks.map((stack) => stack.name)).toEqual(['Tasks']);
  });

  // NodejsFunction does: it starts esbuild with `stdio: ['ignore', process.stderr, 'inherit']`.
  test('may start programs that write to its standard streams', async () => {
    const folder = await synthesized(`${imports}
      import { execFileSync } from 'node:child_process';
      new Stack(new App(), name);
      execFileSync('node', ['--version'], { stdio: ['ignore', process.stderr, 'inherit'] });
    `);

    expect(loadAssembly(folder).stacks.map((stack) => stack.name)).toEqual(['Tasks']);
  });

  test('fails with what such a program has written', async () => {
    const act = synthesized(`${imports}
      import { execFileSync } from 'node:child_process';
      execFileSync('node', ['-e', 'console.error("✘ [ERROR] no left-pad"); process.exit(1)'], { stdio: 'inherit' });
    `);

    await expect(act).rejects.toThrow(/app\.ts' failed: ✘ \[ERROR\] no left-pad$/);
  });

  test('may change its working directory', async () => {
    const folder = await synthesized(`${imports} process.chdir('/'); new Stack(new App(), name);`);

    expect(loadAssembly(folder).stacks.map((stack) => stack.name)).toEqual(['Tasks']);
  });

  test('fails with its own message', async () => {
    const act = synthesized(`${imports} throw new RangeError('no such stage:\\n' + name);`);

    await expect(act).rejects.toThrow(/app\.ts' failed: RangeError: no such stage: Tasks$/);
  });

  test('fails when it ends the program', async () => {
    const act = synthesized(`${imports} console.error('not like this'); process.exit(2);`);

    await expect(act).rejects.toThrow(/app\.ts' failed: not like this$/);
  });

  test('fails with the place of a syntax error', async () => {
    const act = synthesized('const = 1;');

    await expect(act).rejects.toThrow(/failed: .*Transform failed with 1 error: .*app\.ts:1:6: ERROR/);
  });
});
