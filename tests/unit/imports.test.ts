import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { cyclesIn, importsBelow } from './harness/imports.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EMULATOR = 'packages/appsync-local/src';
/** The console's page has rooms of its own. */
const PAGE = `${EMULATOR}/console/page`;

interface Zone {
  target: string | string[];
  except?: string[];
}

/** What lint lets the folders in one import, as it applies it to their files. */
async function zonesIn(folder: string): Promise<Map<string, string[]>> {
  const config = await new ESLint({ cwd: ROOT }).calculateConfigForFile(`${EMULATOR}/start/start.ts`);
  const [, { zones }] = config.rules['import/no-restricted-paths'] as [unknown, { zones: Zone[] }];
  const below = `./${folder}/`;
  return new Map(
    zones.flatMap(({ target, except = [] }) =>
      [target]
        .flat()
        .filter((room) => room.startsWith(below) && (folder === PAGE || !room.startsWith(`./${PAGE}`)))
        .map((room) => [room.slice(below.length), except.map((other) => other.slice('./'.length))]),
    ),
  );
}

const foldersIn = (folder: string): string[] =>
  readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Each room of the page counts for itself. */
const foldersOfPage = (): string[] =>
  foldersIn(PAGE).flatMap((name) =>
    name === 'rooms' ? foldersIn(`${PAGE}/rooms`).map((room) => `rooms/${room}`) : [name],
  );

describe.each([
  ['rooms of the emulator', EMULATOR, () => foldersIn(EMULATOR)],
  ["folders of the console's page", PAGE, foldersOfPage],
])('%s', (_title, folder, foldersOf) => {
  it('each have a zone that says what they import', async () => {
    const rooms = foldersOf();

    const zones = await zonesIn(folder);

    expect([...zones.keys()].sort()).toEqual(rooms.sort());
  });

  it('import only rooms below themselves', async () => {
    const zones = [...(await zonesIn(folder))];

    const uphill = zones.flatMap(([room, imported], at) => {
      const below = zones.slice(0, at + 1).map(([name]) => name);
      // A room may import single files of a room below.
      const isBelow = (other: string) => below.some((name) => other === name || other.startsWith(`${name}/`));
      return imported.filter((other) => !isBelow(other)).map((other) => `${room} -> ${other}`);
    });

    expect(uphill).toEqual([]);
  });
});

describe("rooms of the console's page", () => {
  it('import no other room', async () => {
    const zones = [...(await zonesIn(PAGE))];

    const sideways = zones.flatMap(([folder, imported]) =>
      imported.filter((other) => other !== folder && other.startsWith('rooms/')),
    );

    expect(sideways).toEqual([]);
  });
});

describe('files and folders that lie side by side', () => {
  it.each([
    EMULATOR,
    'packages/live-items/src', // part: live-items
    'bench', // part: bench
    'transfer', // part: transfer
    'deploy',
    'functions',
    'infra',
    'schema',
    'resolvers',
    'examples',
  ])('import each other one way only, at every depth of %s', (root) => {
    expect(cyclesIn(importsBelow(`${ROOT}${root}`))).toEqual([]);
  });

  it('are a cycle also where no file is in one', () => {
    const imports = new Map([
      ['a/one.ts', ['b/two.ts']],
      ['b/three.ts', ['a/deep/four.ts']],
      ['a/deep/five.ts', ['a/deep/six.ts']],
    ]);

    expect(cyclesIn(imports)).toEqual(['.: a -> b -> a']);
  });
});
