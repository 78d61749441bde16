import { expect, it } from 'vitest';
import { messageOf, valueOf } from '../harness/evaluate.ts';

const toMap = (xml: string): unknown => valueOf('util.xml.toMap(ctx.args.xml)', { arguments: { xml } });

const DOCUMENTED = `<?xml version="1.0" encoding="UTF-8"?>
<posts>
<post>
  <id>1</id>
  <title>Getting started with GraphQL</title>
</post>
</posts>`;

it('reads the documented example', () => {
  expect(toMap(DOCUMENTED)).toEqual({ posts: { post: { id: 1, title: 'Getting started with GraphQL' } } });
});

it.each([
  ['an empty element', '<a/>', { a: '' }],
  ['an element without content', '<a></a>', { a: '' }],
  ['repeated elements', '<a><b>1</b><c/><b>2</b><b><d>3</d></b></a>', { a: { b: [1, 2, { d: 3 }], c: '' } }],
  ['attributes', `<a b="1" c='x &amp; y'/>`, { a: { b: 1, c: 'x & y' } }],
  ['text beside attributes', '<a b="1">text</a>', { a: { b: 1, content: 'text' } }],
  ['text around elements', '<a>x<b/>y</a>', { a: { b: '', content: ['x', 'y'] } }],
  ['CDATA, which stays text', '<a><![CDATA[1 < 2]]></a>', { a: '1 < 2' }],
  ['numbers in CDATA', '<a><![CDATA[1]]></a>', { a: '1' }],
  ['comments and instructions', '<?x y?><!-- <b> --><a>1<!-- 2 --></a><!-- end -->', { a: 1 }],
  ['entities', '<a>&lt;&gt;&quot;&apos;&#65;&#x1F600;</a>', { a: `<>"'A😀` }],
  ['entities nobody declared', '<a>&nbsp;x</a>', { a: '&nbsp;x' }],
  ['decimals', '<a>-1.50</a>', { a: -1.5 }],
  ['numbers with leading zeros, which stay text', '<a>007</a>', { a: '007' }],
  [
    'numbers too long for JavaScript, which stay text',
    '<a>12345678901234567890</a>',
    { a: '12345678901234567890' },
  ],
  ['booleans and null', '<a><b>true</b><c>false</c><d>null</d></a>', { a: { b: true, c: false, d: null } }],
  [
    'names with prefixes',
    '<s:a xmlns:s="urn:s"><s:b>1</s:b></s:a>',
    { 's:a': { 'xmlns:s': 'urn:s', 's:b': 1 } },
  ],
  ['a list of empty elements', '<a><b/><b/></a>', { a: { b: ['', ''] } }],
  [
    'names that mean something to JavaScript',
    '<a><constructor>1</constructor></a>',
    { a: { constructor: 1 } },
  ],
])('reads %s', (_, xml, expected) => {
  expect(toMap(xml)).toEqual(expected);
});

it('keeps an element named __proto__ an ordinary member', () => {
  expect(JSON.stringify(toMap('<a><__proto__>1</__proto__></a>'))).toBe('{"a":{"__proto__":1}}');
});

it.each([
  ['no XML', 'meow', 'text outside the root element at character 1'],
  ['nothing', '  ', 'no element at character 3'],
  ['an element that is not closed', '<a><b></b>', '<a>, which is not closed, at character 11'],
  ['an end that closes nothing', '<a></b></a>', '</b>, which closes nothing, at character 4'],
  ['two roots', '<a/><b/>', 'a second root element at character 5'],
  ['text after the root', '<a/>x', 'text outside the root element at character 5'],
  ['a broken tag', '<a b=1/>', 'a mistake at character 1'],
  ['a comment that is not closed', '<a><!-- </a>', 'a mistake at character 4'],
  [
    'a document type',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    'a document type, which is not supported, at character 1',
  ],
  ['too much depth', '<a>'.repeat(600), 'more than 512 elements inside each other'],
])('refuses %s', (_, xml, reason) => {
  expect(messageOf('util.xml.toMap(ctx.args.xml)', { arguments: { xml } })).toContain(
    `util.xml.toMap: ${reason}`,
  );
});

it('writes JSON, and JSON inside a JSON string', () => {
  const texts = valueOf('[util.xml.toJsonString(ctx.args.xml), util.xml.toJsonString(ctx.args.xml, true)]', {
    arguments: { xml: '<a><b>"</b></a>' },
  });

  expect(texts).toEqual(['{"a":{"b":"\\""}}', '"{\\"a\\":{\\"b\\":\\"\\\\\\"\\"}}"']);
});

it('takes text only', () => {
  expect(messageOf('util.xml.toMap(1)')).toContain('util.xml.toMap takes a string, not 1');
});
