import { describe, expect, it } from 'vitest';
import { MarkFailure, passagesOf, withoutMarks, withoutPassages } from '../../../../scripts/eject/marks.ts';

/** Put together here, so that this file has no marks itself. */
const begin = (name: string): string => `part${': '}${name}`;
const end = (name: string): string => `end${': '}${name}`;

const without = (text: string, ...parts: string[]): string => withoutPassages('a.ts', text, new Set(parts));

describe('a passage goes with its part', () => {
  it('from mark to mark, in TypeScript, YAML and pages', () => {
    expect(without(`a\n  // ${begin('one')}\n  b\n  // ${end('one')}\nc\n`, 'one')).toBe('a\nc\n');
    expect(without(`a\n# ${begin('one')}\nb\n# ${end('one')}\nc\n`, 'one')).toBe('a\nc\n');
    expect(without(`a\n<!-- ${begin('one')} -->\n\nb\n\n<!-- ${end('one')} -->\nc\n`, 'one')).toBe('a\nc\n');
  });

  it('as the line that ends in its mark', () => {
    expect(without(`[\n  'a',\n  'b', // ${begin('one')}\n  'c',\n]`, 'one')).toBe("[\n  'a',\n  'c',\n]");
  });

  it('within a sentence of a page', () => {
    expect(without(`a<!-- ${begin('one')} --> and b<!-- ${end('one')} -->.`, 'one')).toBe('a.');
  });

  it('as the row of a table that ends in its mark', () => {
    const row = `| b | c <!-- ${begin('one')} --> |\n`;

    expect(without(`| a |\n${row}| d |\n`, 'one')).toBe('| a |\n| d |\n');
    expect(without(`| a |\n${row}| d |\n`, 'other')).toBe(`| a |\n${row}| d |\n`);
  });

  it('at the end of a file without a line break', () => {
    expect(without(`a\nb // ${begin('one')}`, 'one')).toBe('a\n');
  });
});

describe('a passage within another', () => {
  const text = `// ${begin('one')}\na\nb // ${begin('other')}\nc\n// ${end('one')}\nd\n`;

  it('goes alone', () => {
    expect(without(text, 'other')).toBe(`// ${begin('one')}\na\nc\n// ${end('one')}\nd\n`);
  });

  it('goes with the outer one, and with both', () => {
    expect(without(text, 'one')).toBe('d\n');
    expect(without(text, 'one', 'other')).toBe('d\n');
  });
});

it('marks of parts that stay, stay', () => {
  const text = `// ${begin('one')}\na\n// ${end('one')}\n`;

  expect(without(text, 'other')).toBe(text);
});

describe('the place is named of', () => {
  it.each([
    ['a mark without an end', `a\n// ${begin('one')}\nb\n`, `a.ts: "${begin('one')}" has no end`],
    ['an end without a mark', `a\n// ${end('one')}\n`, `a.ts:2: "${end('one')}" ends nothing`],
    [
      'marks that cross',
      `// ${begin('one')}\n// ${begin('other')}\n// ${end('one')}\n// ${end('other')}\n`,
      `a.ts:3: "${end('one')}" comes before the end of other`,
    ],
  ])('%s', (_, text, message) => {
    expect(() => passagesOf('a.ts', text)).toThrow(new MarkFailure(message));
  });
});

it('marks alone can go', () => {
  const text = `// ${begin('one')}\na\n// ${end('one')}\nb // ${begin('other')}\n<!-- ${begin('one')} -->c<!-- ${end('one')} -->`;

  expect(withoutMarks(text)).toBe('a\nb\nc');
  expect(withoutMarks(`| a | b <!-- ${begin('one')} --> |\n| c |\n`)).toBe('| a | b |\n| c |\n');
});
