import { describe, expect, test } from 'vitest';
import { eventText, isUnchanged, type StreamRecord } from '../../../src/streams/stream-record.ts';

type Image = NonNullable<StreamRecord['dynamodb']['NewImage']>;

const record = (OldImage: Image | undefined, NewImage: Image | undefined): StreamRecord => ({
  eventID: '1',
  eventName: 'MODIFY',
  dynamodb: {
    Keys: { id: { S: 'a' } },
    SequenceNumber: '1',
    ApproximateCreationDateTime: 1,
    ...(OldImage && { OldImage }),
    ...(NewImage && { NewImage }),
  },
});
const image = (more: object = {}): Image => ({
  id: { S: 'a' },
  n: { N: '1' },
  tags: { M: { x: { N: '1' } } },
  ...more,
});

describe('a write that changed nothing', () => {
  test('has the same images', () => {
    expect(isUnchanged(record(image(), image()))).toBe(true);
  });

  test.each<[string, Image, Image]>([
    ['a number', image(), image({ n: { N: '2' } })],
    ['a text', image(), image({ id: { S: 'b' } })],
    ['a type', image(), image({ n: { S: '1' } })],
    ['something below the top', image(), image({ tags: { M: { x: { N: '2' } } } })],
    ['a new attribute', image(), image({ more: { BOOL: true } })],
    ['an attribute that is gone', image({ more: { BOOL: true } }), image()],
  ])('is not one that changed %s', (_, before, after) => {
    expect(isUnchanged(record(before, after))).toBe(false);
  });

  test('cannot be told without both images', () => {
    expect(isUnchanged(record(undefined, image()))).toBe(false);
    expect(isUnchanged(record(image(), undefined))).toBe(false);
  });
});

test('an event has its records in their order, as JSON', () => {
  const records = [record(undefined, image()), record(image(), image({ id: { S: 'Grüße "…"' } }))];

  expect(JSON.parse(eventText(records))).toEqual({ Records: records });
  expect(JSON.parse(eventText([]))).toEqual({ Records: [] });
});
