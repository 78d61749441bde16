import { describe, expect, it } from 'vitest';
import { createTextFrames } from '../../../src/http/text-frame.ts';

const shared = Buffer.from('shared}');
const parts = (head: string, rest = shared): Buffer[] => [Buffer.from(head), rest];

/** The text of a short frame. */
const textOf = (frame: Buffer): string => frame.subarray(2).toString();

describe('frames of messages that differ in their first part', () => {
  it('are one buffer', () => {
    const frames = createTextFrames();

    const first = frames.of(parts('{1'));
    const copy = Buffer.from(first);
    const second = frames.of(parts('{2'));

    expect(second).toBe(first);
    expect(copy).toEqual(Buffer.from('\x81\x09{1shared}', 'latin1'));
    expect(second).toEqual(Buffer.from('\x81\x09{2shared}', 'latin1'));
  });

  it('leave the last one as it is once it is kept', () => {
    const frames = createTextFrames();

    const kept = frames.of(parts('{1'));
    frames.keep();
    const next = frames.of(parts('{2'));

    expect(textOf(kept)).toBe('{1shared}');
    expect(textOf(next)).toBe('{2shared}');
  });

  it.each([
    ['a longer first part', parts('{12')],
    ['another end of the same length', parts('{2', Buffer.from('SHARED}'))],
    ['one part more', [...parts('{2'), Buffer.from('more')]],
  ])('are told from those with %s', (_what, other) => {
    const frames = createTextFrames();

    frames.of(parts('{1'));
    const text = textOf(frames.of(other));
    const again = textOf(frames.of(parts('{1')));

    expect(text).toBe(Buffer.concat(other).toString());
    expect(again).toBe('{1shared}');
  });

  // Where the head of a frame grows (RFC 6455 5.2).
  it.each([125, 126, 65_535, 65_536])('have their text in the same place with %i bytes', (size) => {
    const frames = createTextFrames();
    const rest = Buffer.alloc(size - 2, 'x');

    frames.of(parts('{1', rest));
    const frame = frames.of(parts('{2', rest));

    expect(frame.subarray(-size).toString()).toBe(`{2${rest.toString()}`);
    expect(frame.equals(createTextFrames().of(parts('{2', rest)))).toBe(true);
  });
});
