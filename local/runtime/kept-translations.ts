import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Translation } from './translate.ts';

/** Translations of code units that passed the check, by their text. */
export interface KeptTranslations {
  find(text: string): Translation | undefined;
  keep(text: string, translation: Translation): void;
}

/** Keeps nothing. */
export const noTranslations: KeptTranslations = { find: () => undefined, keep: () => undefined };

/**
 * One small file for each code unit; several servers may share the directory. What cannot be read or written is as if it
 * were not there: the code is then checked again.
 *
 * @param directory for this very version of the check and the translation
 */
export function keptTranslations(directory: string): KeptTranslations {
  const fileOf = (text: string): string =>
    join(directory, `${createHash('sha256').update(text).digest('hex')}.json`);
  return {
    find(text) {
      try {
        return JSON.parse(readFileSync(fileOf(text), 'utf8')) as Translation;
      } catch {
        return undefined;
      }
    },
    keep(text, translation) {
      const file = fileOf(text);
      const aside = `${file}.${process.pid}`;
      try {
        mkdirSync(directory, { recursive: true });
        writeFileSync(aside, JSON.stringify(translation));
        renameSync(aside, file);
      } catch {
        // A full or read-only disk costs the next start some time, and nothing else.
      }
    },
  };
}
