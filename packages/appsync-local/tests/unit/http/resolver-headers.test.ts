import { expect, test } from 'vitest';
import { sendableHeaders } from '../../../src/http/resolver-headers.ts';

// @aws-appsync/utils 2.1.1, http-utils.d.ts: "The size of custom response headers can't exceed 4 KB. This includes header names and values."
test('sends headers of resolvers up to 4 KB in all, and logs the others', () => {
  const logged: string[] = [];
  const added = { a: 'x'.repeat(3000), b: 'x'.repeat(1094), c: 'x' };

  const sent = sendableHeaders(added, 'request', ({ error }) => void logged.push(String(error)));

  expect(Object.keys(sent)).toEqual(['a', 'b']);
  expect(logged).toEqual([
    'Error: response header "c" was not sent: the headers of resolvers may have 4 KB in all',
  ]);
});
