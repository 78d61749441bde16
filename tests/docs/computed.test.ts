import { describe, expect, test } from 'vitest';
import { computed, PAGES, textOf } from '../../docs/computed/page.ts';

describe.each(PAGES)('docs/%s', (name) => {
  const text = textOf(name);

  test('has the tables that are computed; node --import tsx docs/computed/write.ts writes them', async () => {
    expect(text).toBe(await computed(name, text));
  });

  test('differs from the computation when a figure in it is changed', async () => {
    const changed = text.replace(/(<!-- computed: \S+ -->[^\d]*)\d/, '$17');

    expect(changed).not.toBe(text);
    expect(await computed(name, changed)).toBe(text);
  });
});

test('a table that nobody computes is told', async () => {
  await expect(computed('x.md', '<!-- computed: nothing --><!-- end -->')).rejects.toThrow(
    /^docs\/x\.md asks for the table 'nothing'; there are \w+, /,
  );
});
