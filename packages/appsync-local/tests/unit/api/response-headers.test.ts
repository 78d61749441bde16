import { expect, test } from 'vitest';
import { responseHeaders } from '../../../src/api/response-headers.ts';

// @aws-appsync/utils 2.1.1, http-utils.d.ts: a value may be an object.
test('writes values as Java does, and the last of a name', () => {
  const effects = [
    { name: 'Count', value: 7 },
    { name: 'map', value: { field1: 7, field2: 'text' } },
    { name: 'count', value: true },
  ];

  const headers = responseHeaders([{ invalidations: [], responseHeaders: effects }]);

  expect(headers).toEqual({ count: 'true', map: '{field1=7, field2=text}' });
});
