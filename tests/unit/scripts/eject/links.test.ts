import { expect, it } from 'vitest';
import { withoutLinks } from '../../../../scripts/eject/links.ts';

const GONE = {
  file: (path: string) => ['tours', 'docs/tours.md', 'tests/tours.test.ts'].includes(path),
  scripts: new Set(['tour']),
};
const without = (text: string, page = 'README.md'): string => withoutLinks(page, text, GONE);

it.each([
  ['a row whose first cell links to it', '| [tours](tours) | a |\n| [b](b) | c |', '| [b](b) | c |'],
  ['a row of its script', '| `npm run tour` | a |\n| `npm start` | b |', '| `npm start` | b |'],
  [
    'a row that it alone is a proof of',
    '| a | [tours.test.ts](tests/tours.test.ts) |\n| b | [c](c) |',
    '| b | [c](c) |',
  ],
  [
    'a row whose proofs are all gone',
    '| a | [t](tests/tours.test.ts), [u](docs/tours.md) |\n| b | [c](c) |',
    '| b | [c](c) |',
  ],
  ['one of several proofs', '| a | [t](tests/tours.test.ts), [c](c) |', '| a | [c](c) |'],
  ['the last of several', '| a | [c](c), [t](tests/tours.test.ts) |', '| a | [c](c) |'],
  ['an entry of a list of links', '- See: [a](a), [tours](docs/tours.md), [b](b)', '- See: [a](a), [b](b)'],
  ['one at the beginning of a line', '- See: [a](a),\n  [tours](docs/tours.md)\n- b', '- See: [a](a)\n- b'],
  ['parentheses', 'Tours are short ([tours](docs/tours.md#short)).', 'Tours are short.'],
  ['a picture', 'a\n\n![a tour](docs/tours.md)\n\nb', 'a\n\nb'],
])('%s goes with what is gone', (_, text, left) => {
  expect(without(text)).toBe(left);
});

it('another link leaves its words', () => {
  expect(without('As [tours](docs/tours.md) tell, one walks.')).toBe('As tours tell, one walks.');
});

it('links are read from the page they stand in', () => {
  expect(without('[a](tours.md)', 'docs/adr/0001.md')).toBe('[a](tours.md)');
  expect(without('[a](../tours.md)', 'docs/adr/0001.md')).toBe('a');
});

it('code, anchors and addresses stay', () => {
  const text = '```md\n[a](tours)\n```\n[b](#tours) [c](https://example.com/tours)';

  expect(without(text)).toBe(text);
});
