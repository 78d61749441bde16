import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../harness/port-target.ts';
import { dynamoDbClient } from './harness/items-table.ts';
import { graphql, openRealtime, printed } from './harness/local-server.ts';

const NOTES = fileURLToPath(new URL('../package/notes', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

let folder: string;
let server: ServerProcess;
/** Lines about saved files, in the order they came. */
const lines: string[] = [];

/** A copy of the notes' app whose resolvers are TypeScript and bundled, with a subscription. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watch-test-'));
  cpSync(NOTES, folder, { recursive: true });
  symlinkSync(PACKAGES, join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  write('cdk.json', JSON.stringify({ app: 'npx tsx app.ts', watch: OF_CDK_INIT }));
  ['note', 'saveNote'].forEach((name) =>
    renameSync(join(folder, `resolvers/${name}.js`), join(folder, `resolvers/${name}.ts`)),
  );
  edit(
    'app.ts',
    /appsync\.Code\.fromAsset\(.*\)/,
    'appsync.Code.fromInline(bundle(`resolvers/${fieldName}.ts`))',
  );
  edit('app.ts', /^/, "import { bundle } from './bundle.ts';\n");
  write('bundle.ts', BUNDLE);
  edit('schema.graphql', /$/, SUBSCRIPTION);
  edit('resolvers/note.ts', /\(ctx\)/g, '(ctx: any)');
  edit('resolvers/saveNote.ts', /\(ctx\)/g, '(ctx: any)');
  server = await startServer(['--app', folder, '--memory', '--watch', '--port', '0']);
  server.process.stderr!.on('data', (chunk) =>
    lines.push(
      ...String(chunk)
        .split('\n')
        .filter((line) => line.startsWith('[watch] ')),
    ),
  );
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What `cdk init app --language typescript` writes (aws-cdk 2.1148.1). */
const OF_CDK_INIT = {
  include: ['**'],
  exclude: [
    ...['README.md', 'cdk*.json', '**/*.d.ts', '**/*.js', 'tsconfig.json', 'package*.json', 'yarn.lock'],
    ...['node_modules', 'test'],
  ],
};

const BUNDLE = `
import { buildSync } from 'esbuild';
export const bundle = (file: string) => buildSync({
  entryPoints: [file], bundle: true, write: false, format: 'esm', target: 'esnext', sourcemap: 'inline', sourcesContent: false,
  external: ['@aws-appsync/utils', '@aws-appsync/utils/dynamodb'],
}).outputFiles[0]!.text;
`;
const SUBSCRIPTION = `
type Subscription {
  noteSaved: Note @aws_subscribe(mutations: ["saveNote"])
  anyNoteSaved: Note @aws_subscribe(mutations: ["saveNote"])
}
`;

function edit(file: string, what: RegExp, by: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  const next = text.replace(what, () => by);
  expect(next).not.toBe(text);
  write(file, next);
}

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

/** The lines about what a change of files led to. */
async function taken(save: () => void): Promise<string> {
  lines.length = 0;
  save();
  await expect.poll(() => lines.join('\n'), { interval: 20 }).toMatch(/after \d+ ms/);
  return lines.join('\n');
}

const noteOf = async (id: string): Promise<unknown> =>
  (await graphql<{ note: unknown }>(server.origin, `{ note(id: "${id}") { id text } }`)).note;

const saveNote = (id: string, text: string): Promise<unknown> =>
  graphql(server.origin, `mutation { saveNote(id: "${id}", text: "${text}") { id text } }`);

const stateOf = async (): Promise<{ problems: string[]; schema: string; version: number }> =>
  (await (await fetch(`${server.origin}/_local/app.json`)).json()) as never;

describe('a saved file', () => {
  it('of a resolver is live, while items, connections and subscriptions stay', async () => {
    await saveNote('one', 'kept');
    const realtime = await openRealtime(server.origin.replace('http', 'ws'));
    await realtime.subscribe('subscription { noteSaved { id } }');

    const told = await taken(() =>
      edit('resolvers/note.ts', /ctx\.result/, "({ ...ctx.result, text: 'new ' + ctx.result.text })"),
    );

    expect(told).toMatch(/^\[watch\] resolvers\/note\.ts: resolver Query\.note live, after \d+ ms$/);
    expect(await noteOf('one')).toEqual({ id: 'one', text: 'new kept' });
    await saveNote('two', 'told');
    expect(await realtime.next()).toMatchObject({
      type: 'data',
      payload: { data: { noteSaved: { id: 'two' } } },
    });
  });

  it('that does not compile is told by its line, and the version before goes on', async () => {
    const good = readFileSync(join(folder, 'resolvers/note.ts'), 'utf8');

    const told = await taken(() => write('resolvers/note.ts', `${good}\nexport const = 3;\n`));

    const line = good.split('\n').length + 1;
    expect(told).toContain('resolvers/note.ts: not applied; the previous version stays live');
    await expect.poll(() => lines.join('\n')).toContain(`resolvers/note.ts:${line}:`);
    expect((await stateOf()).problems.join()).toContain(`resolvers/note.ts:${line}:`);
    expect(await noteOf('one')).toEqual({ id: 'one', text: 'new kept' });
  });

  it('that AppSync would refuse is told by its line, and mended is live', async () => {
    const before = await stateOf();
    const waiting = fetch(`${server.origin}/_local/app.json?after=${before.version}`);

    const told = await taken(() =>
      edit('resolvers/note.ts', /export const = 3;/, 'export const later = new Date();'),
    );

    expect(told).toContain('not applied');
    expect(((await (await waiting).json()) as typeof before).problems.join()).toMatch(
      /AppSync would refuse the code of resolver Query\.note: resolvers\/note\.ts:\d+:\d+/,
    );
    expect(
      await taken(() => edit('resolvers/note.ts', /export const later.*\n/, 'export const mended = 1;\n')),
    ).toContain('live');
    expect((await stateOf()).problems).toEqual([]);
  });

  it('of a Lambda function in JavaScript answers the next invocation', async () => {
    expect(await graphql(server.origin, '{ count }')).toEqual({ count: 2 });

    const told = await taken(() => edit('count.js', /return Count/, 'return Count + 100'));

    expect(told).toMatch(/count\.js: Lambda function \S+ live/);
    expect(await graphql(server.origin, '{ count }')).toEqual({ count: 102 });
  });

  it('of the schema renews subscriptions, and ends those whose field is gone', async () => {
    const before = await stateOf();
    const [kept, ended] = [
      await openRealtime(server.origin.replace('http', 'ws')),
      await openRealtime(server.origin.replace('http', 'ws')),
    ];
    await kept.subscribe('subscription { noteSaved { id text } }');
    await ended.subscribe('subscription { anyNoteSaved { id } }');

    const told = await taken(() => edit('schema.graphql', /anyNoteSaved/, 'everyNoteSaved'));

    expect(told).toContain('schema.graphql: schema live');
    expect(await ended.next()).toMatchObject({ type: 'error', id: 's1' });
    await saveNote('three', 'after');
    expect(await kept.next()).toMatchObject({
      type: 'data',
      payload: { data: { noteSaved: { text: 'after' } } },
    });
    expect((await stateOf()).schema).not.toBe(before.schema);
  });

  it('among hundreds leads to one rebuild', async () => {
    const told = await taken(() => {
      mkdirSync(join(folder, 'more'));
      for (let n = 0; n < 300; n += 1) {
        write(`more/file-${n}.ts`, `export const n = ${n};\n`);
      }
      edit('resolvers/note.ts', /'new '/, "'newer '");
    });

    expect(told).toMatch(/and \d+ more: resolver Query\.note live, after \d+ ms$/);
    expect(await taken(() => edit('resolvers/note.ts', /mended = 1/, 'mended = 2'))).toContain(
      'resolver Query.note live',
    );
    expect(await noteOf('one')).toEqual({ id: 'one', text: 'newer kept' });
  });
});

describe('a table that changes shape', () => {
  it('keeps its items, and fills a new index from them', async () => {
    const told = await taken(() =>
      edit(
        'app.ts',
        /const notes = /,
        "table.addGlobalSecondaryIndex({ indexName: 'byText', partitionKey: { name: 'text', type: dynamodb.AttributeType.STRING } });\nconst notes = ",
      ),
    );

    expect(told).toMatch(/app\.ts: table Notes-Table\S+, .* live/);
    const client = dynamoDbClient(printed(server, 'DynamoDB URL'));
    const { TableNames = [] } = await client.send(new ListTablesCommand());
    const { Count } = await client.send(new ScanCommand({ TableName: TableNames[0], IndexName: 'byText' }));
    expect(Count).toBe(3);
    expect(await noteOf('one')).toEqual({ id: 'one', text: 'newer kept' });
  });

  it('in its key is refused, with what to do', async () => {
    const told = await taken(() => edit('app.ts', /name: 'id'/, "name: 'noteId'"));

    expect(told).toContain('not applied');
    await expect
      .poll(() => lines.join('\n'))
      .toMatch(/was made with the key id \(S\) where the template has noteId \(S\).*--reset/);
    expect(await noteOf('one')).toEqual({ id: 'one', text: 'newer kept' });
  });
});
