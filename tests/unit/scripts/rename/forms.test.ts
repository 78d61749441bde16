import { expect, it } from 'vitest';
import { formsOf, pluralOf } from '../../../../scripts/rename/forms.ts';

it('writes a noun of two words as names of each sort do', () => {
  const forms = formsOf({ one: 'BlogPost', many: 'BlogPosts' });

  expect(Object.values(forms).map(({ one, many }) => `${one} ${many}`)).toEqual([
    'BlogPost BlogPosts',
    'blogPost blogPosts',
    'blog-post blog-posts',
    'blog_post blog_posts',
    'BLOG_POST BLOG_POSTS',
  ]);
});

it.each([
  ['Note', 'Notes'],
  ['Entry', 'Entries'],
  ['Day', 'Days'],
  ['Box', 'Boxes'],
  ['Address', 'Addresses'],
  ['Branch', 'Branches'],
])('has the plural of %s: %s', (one, many) => {
  expect(pluralOf(one)).toBe(many);
});
