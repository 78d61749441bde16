import type { MeasuredText } from '../text.ts';

/** False for text with an unpaired surrogate. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Bytes of UTF-8, three for an unpaired surrogate, in whose place U+FFFD is written. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes += 1;
    } else if (unit < 0x800) {
      bytes += 2;
    } else if (text.codePointAt(at)! > 0xffff) {
      bytes += 4;
      at += 1;
    } else {
      bytes += 3;
    }
  }
  return bytes;
}

export const measured = (text: string): MeasuredText => ({
  text,
  bytes: utf8Bytes(text),
  isWellFormed: isWellFormed(text),
});
