import { describe, expect, test } from 'vitest';
import { MAX_NESTING } from '../../../model/limits.ts';
import { isWellFormed } from '../../../model/plain/measure.ts';
import { brokenText, obstacleIn, payloadRefusal, textsIn } from '../../../model/storable.ts';

/** What a write answers to a payload, as in Node.js. */
function refused(payload: unknown): { message: string; path: string } | null {
  const broken = textsIn(payload, MAX_NESTING)
    .flat()
    .find(({ text }) => !isWellFormed(text));
  const found = obstacleIn(payload, MAX_NESTING) ?? (broken ? brokenText(broken) : null);
  const refusal = payloadRefusal(found);
  return refusal && { message: refusal.message, path: refusal.info?.['path'] as string };
}

describe('what DynamoDB cannot keep', () => {
  test.each([1e-131, -1e-131, Number.MIN_VALUE])('the number %d', (value) => {
    expect(refused({ 'a/b': [0, value] })).toEqual({
      message: `number ${value} at /a~1b/1 is out of range: sign aside, DynamoDB keeps 1e-130 to 9.99e125; send it as a string`,
      path: '/a~1b/1',
    });
  });

  test.each([2 ** 53, -(2 ** 53), 1e20, 1e126, -1e126, Number.MAX_VALUE, Infinity])(
    'the number %d, which may have lost digits',
    (value) => {
      expect(refused({ 'a/b': [0, value] })).toEqual({
        message: `number ${value} at /a~1b/1 may have lost digits: whole numbers are exact up to 9007199254740991; send it as a string, or write it with an import or SDK`,
        path: '/a~1b/1',
      });
    },
  );

  test.each([
    ['the root', { '': 1 }],
    ['/a/0', { a: [{ '': 1 }] }],
  ])('a member without a name at %s', (place, value) => {
    expect(refused(value)?.message).toContain(`the member at ${place} has an empty name`);
  });

  test.each([
    ['the text at the root holds an unpaired surrogate', '\ud800', ''],
    ['the text at /a/1 holds an unpaired surrogate', { a: ['😀', 'b\udc00'] }, '/a/1'],
    ['the member at /a has a name with an unpaired surrogate', { a: { '\ud800': 1 } }, '/a'],
  ])('%s', (message, value, path) => {
    expect(refused(value)).toEqual({ message: expect.stringContaining(message) as string, path });
  });

  test('names the root when it is the payload itself', () => {
    expect(refused(1e200)).toMatchObject({
      message: expect.stringContaining('number 1e+200 at the root') as string,
      path: '',
    });
  });

  test.each([0, -0, 1e-130, -1e-130, 0.1 + 0.2, 1 / 3, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'is not the number %d',
    (value) => {
      expect(refused(value)).toBeNull();
    },
  );
});
