import type { Entry } from '../../api/change-log.ts';

/** The entries that contain a text, in whatever case; all of them for an empty text. */
export function matching(entries: Entry[], text: string): Entry[] {
  const wanted = text.trim().toLowerCase();
  return wanted === '' ? entries : entries.filter((entry) => entry.text.toLowerCase().includes(wanted));
}
