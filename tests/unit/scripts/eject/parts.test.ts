import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listedFiles, withoutListed } from '../../../../scripts/eject/listed-files.ts';
import { passagesOf, withoutPassages } from '../../../../scripts/eject/marks.ts';
import { withUsers } from '../../../../scripts/eject/options.ts';
import { PARTS } from '../../../../scripts/eject/parts.ts';
import { filesBelow } from '../../../../scripts/eject/plan.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };

describe('every part', () => {
  const parts = Object.entries(PARTS);

  it('has files, each there, and a row that goes with it', () => {
    const missing = parts.flatMap(([, { files }]) => files.filter((file) => !existsSync(join(ROOT, file))));
    const rows = passagesOf('parts.ts', readFileSync(join(ROOT, 'scripts/eject/parts.ts'), 'utf8'));

    expect(missing).toEqual([]);
    expect(rows.map(({ name }) => name)).toEqual(parts.map(([name]) => name));
  });

  it.each(parts.map(([name]) => name))('leaves no part that lists a file of %s', (name) => {
    const gone = withUsers([name]);
    const folders = gone.flatMap((each) => PARTS[each]!.files);
    const isGone = (path: string): boolean =>
      folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
    const text = readFileSync(join(ROOT, 'scripts/eject/parts.ts'), 'utf8');

    const left = withoutListed(withoutPassages('parts.ts', text, new Set(gone)), isGone);

    expect(listedFiles(left).filter(isGone)).toEqual([]);
    const lists = parts.filter(([each]) => !gone.includes(each)).flatMap(([, { files }]) => files);
    expect(listedFiles(left)).toEqual(lists.filter((file) => !isGone(file)));
  });

  it('has each of its texts once where it says', () => {
    const texts = parts.flatMap(([, part]) => part.texts ?? []);
    const elsewhere = texts.filter(
      ([file, text]) => readFileSync(join(ROOT, file), 'utf8').split(text).length !== 2,
    );

    expect(elsewhere).toEqual([]);
  });

  it('names scripts and parts that there are', () => {
    expect(Object.keys(scripts)).toEqual(
      expect.arrayContaining(parts.flatMap(([, part]) => part.scripts ?? [])),
    );
    expect(Object.keys(PARTS)).toEqual(expect.arrayContaining(parts.flatMap(([, part]) => part.needs ?? [])));
  });
});

it('every mark of the project is closed, and names a part', () => {
  const unknown = filesBelow(ROOT).flatMap((file) =>
    passagesOf(file, readFileSync(join(ROOT, file), 'utf8'))
      .filter(({ name }) => !Object.hasOwn(PARTS, name))
      .map(({ name }) => `${file}: ${name}`),
  );

  expect(unknown).toEqual([]);
});
