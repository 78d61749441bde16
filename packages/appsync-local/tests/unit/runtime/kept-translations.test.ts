import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keptTranslations, rememberedTranslations } from '../../../src/runtime/kept-translations.ts';
import type { KeptCode } from '../../../src/runtime/kept-translations.ts';
import { createRuntime } from '../../../src/runtime/runtime.ts';
import type { Translation } from '../../../src/runtime/translate.ts';

const CODE = `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  let sum = 0;
  for (const n of ctx.args.numbers) { sum += n; }
  return { sum, id: util.urlEncode('ä') };
}
export const response = (ctx) => { console.log('seen'); return ctx.missing.member; };
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'translations-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A start of its own: what it finds is what an earlier one has left on the disk. */
function start(text = CODE) {
  const logged: string[] = [];
  const kept = keptTranslations(join(directory, 'code'));
  const keep = vi.spyOn(kept, 'keep');
  const runtime = createRuntime({ log: (_level, line) => logged.push(line), translations: kept });
  const module = runtime.load({ logicalId: 'Sum', title: 'Query.sum', text });
  const context = runtime.createContext({
    arguments: { numbers: [1, 2, 3] },
    identity: null,
    source: null,
    request: { headers: {}, domainName: null },
    info: {
      fieldName: 'sum',
      parentTypeName: 'Query',
      variables: {},
      selectionSetList: [],
      selectionSetGraphQL: '',
    },
    env: {},
  });
  return {
    request: module.request(context),
    response: module.response(context),
    logged,
    checked: keep.mock.calls.length,
  };
}

describe('code that was checked at an earlier start', () => {
  test('is not checked again, and does the same, places in messages and logs included', () => {
    const first = start();
    const second = start();

    expect(first.checked).toBe(1);
    expect(second).toEqual({ ...first, checked: 0 });
    expect(first.request).toEqual({ kind: 'returned', value: { sum: 6, id: '%C3%A4' } });
    expect(first.response).toMatchObject({
      error: { message: expect.stringMatching(/^code\.js:7:\d+: TypeError/) },
    });
    expect(first.logged).toEqual([expect.stringContaining('code.js:7:')]);
  });

  test('is checked again when a character of it has changed', () => {
    start();

    expect(start(CODE.replace('sum += n', 'sum -= n'))).toMatchObject({
      checked: 1,
      request: { value: { sum: -6 } },
    });
  });

  test('is checked again when what was kept of it is cut off', () => {
    start();
    const [file] = readdirSync(join(directory, 'code'));
    truncateSync(join(directory, 'code', file!), 20);

    expect(start()).toMatchObject({ checked: 1, request: { value: { sum: 6 } } });
  });
});

test('code that AppSync would refuse is kept nowhere, so it is refused at every start', () => {
  const refused = CODE.replace('let sum = 0;', 'let sum = 0; while (sum < 1) { sum += 1; }');

  expect(() => start(refused)).toThrow(expect.objectContaining({ name: 'CodeRefused' }));
  expect(() => start(refused)).toThrow(expect.objectContaining({ name: 'CodeRefused' }));
});

test('a directory that cannot be written costs nothing but time', () => {
  const file = join(directory, 'file');
  writeFileSync(file, '');
  const kept = keptTranslations(join(file, 'code'));
  const code = { translation: {} as Translation, warnings: [] };

  expect(() => kept.keep('text', code)).not.toThrow();
  expect(kept.find('text')).toBeUndefined();
  expect(kept.has('text')).toBe(false);
});

test('a process remembers the fifty code units it was last given', () => {
  const translations = rememberedTranslations();
  const code = {} as KeptCode;

  for (let index = 0; index < 51; index += 1) {
    translations.keep(`code ${index}`, code);
  }

  expect(translations.find('code 0')).toBeUndefined();
  expect(translations.has('code 0')).toBe(false);
  expect(translations.find('code 1')).toBe(code);
  expect(translations.find('code 50')).toBe(code);
});
