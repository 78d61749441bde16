import { expect, test } from 'vitest';
import { createShow, HIDDEN } from '../../../src/recorder/hidden.ts';
import { Cut } from '../../../src/trace/weight.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl-_';

test.each([
  [
    'a header with credentials',
    { headers: { Authorization: 'Bearer abc', accept: '*/*' } },
    { headers: { Authorization: HIDDEN, accept: '*/*' } },
  ],
  [
    'a header that is likely to have them',
    { headers: { 'x-session-id': 'abc' } },
    { headers: { 'x-session-id': HIDDEN } },
  ],
  ['a cookie of an answer', { 'set-cookie': 'a=b' }, { 'set-cookie': HIDDEN }],
  ['a token in a text', `sent ${JWT} on`, `sent ${HIDDEN} on`],
  ['a token in a list in a name', [{ [JWT]: 1 }], [{ [HIDDEN]: 1 }]],
])('hides %s', (_, value, shown) => {
  expect(createShow([], {})(value)).toEqual(shown);
});

test('hides the credentials of the request wherever they occur, whole and without their scheme', () => {
  const show = createShow(['da2-0123456789'], {
    authorization: 'Bearer custom-token-1',
    'x-tenant-secret': ['one-secret', 'two-secret'],
  });

  expect(
    show({ stash: { forwarded: 'custom-token-1', key: 'da2-0123456789' }, payload: '{"s":"two-secret"}' }),
  ).toEqual({
    stash: { forwarded: HIDDEN, key: HIDDEN },
    payload: `{"s":"${HIDDEN}"}`,
  });
});

test('hides the credentials in the canonical request of a refused signature, whose headers are not known', () => {
  const names = ['accept', 'host', 'x-api-key', 'x-amz-date', 'x-amz-security-token', 'x-session-token'];
  const canonical = (value: string) =>
    [
      "have been\n'POST",
      '/graphql',
      '',
      'accept:*/*',
      'host:localhost:4000',
      `x-api-key:${value}`,
      'x-amz-date:20261123T101500Z',
      `x-amz-security-token:${value}`,
      `x-session-token:${value}`,
      '',
      names.join(';'),
      "0a1b'",
    ].join('\n');

  expect(createShow([], {})(canonical('one two'))).toBe(canonical(HIDDEN));
});

test('hides the signature of a signed request', () => {
  const show = createShow([], {
    authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host, Signature=0123456789abcdef',
  });

  expect(show('0123456789abcdef')).toBe(HIDDEN);
});

test('leaves everything else as it is, and takes what is shorter than a credential for innocent', () => {
  const value = {
    nextToken: 'page-2',
    token: null,
    list: [1, 'ab', { a: true }],
    headers: { 'x-tenant': 't1' },
  };

  expect(createShow(['ab'], { authorization: 'ab' })(value)).toEqual(value);
});

test('says how much was cut', () => {
  expect(createShow([], {})({ a: new Cut(12), b: undefined })).toEqual({ a: { cut: 12 } });
});
