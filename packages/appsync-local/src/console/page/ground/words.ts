import { counted } from '../../../ground/counted.ts';

/** `12 ms`, `1.5 s`. */
export const durationText = (ms: number): string =>
  ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;

/** `1 byte`, `312 bytes`, `1.2 kB`, `3.4 MB`: decimal, as AWS counts payloads. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) {
    return counted(bytes, 'byte');
  }
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `14:03:09.045`, in the browser's time zone. */
export const timeText = (at: Date): string =>
  `${at.toTimeString().slice(0, 8)}.${String(at.getMilliseconds()).padStart(3, '0')}`;

/** `a`, `a and b`, `a, b and c`. */
export const listText = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
