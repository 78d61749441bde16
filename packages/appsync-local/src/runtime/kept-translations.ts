import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from '../ground/make-directory.ts';
import type { CodeProblem } from './runtime.types.ts';
import type { Translation } from './translate.ts';

/** The translation of a code unit that passed the check. */
export interface KeptCode {
  translation: Translation;
  /** Warnings of the check, which do not prevent the upload. */
  warnings: CodeProblem[];
}

/** Code units that passed the check, by their text. */
export interface KeptTranslations {
  has(text: string): boolean;
  find(text: string): KeptCode | undefined;
  keep(text: string, code: KeptCode): void;
}

/** Keeps nothing. */
export const noTranslations: KeptTranslations = {
  has: () => false,
  find: () => undefined,
  keep: () => undefined,
};

/** Code units that a process remembers: as many as somebody works on at a time. */
const REMEMBERED = 50;

/** Keeps translations in memory; from the 51st on, the oldest is forgotten. */
export function rememberedTranslations(): KeptTranslations {
  const remembered = new Map<string, KeptCode>();
  return {
    has: (text) => remembered.has(text),
    find: (text) => remembered.get(text),
    keep(text, code) {
      remembered.set(text, code);
      if (remembered.size > REMEMBERED) {
        remembered.delete(remembered.keys().next().value!);
      }
    },
  };
}

/**
 * Keeps one small file per code unit; several servers may share the directory. A file that cannot be read or written counts as
 * absent: the code is then checked again.
 *
 * @param directory for this very version of the check and the translation, and for one meaning of JavaScript
 */
export function keptTranslations(directory: string): KeptTranslations {
  const fileOf = (text: string): string =>
    join(directory, `${createHash('sha256').update(text).digest('hex')}.json`);
  return {
    has: (text) => existsSync(fileOf(text)),
    find(text) {
      try {
        return JSON.parse(readFileSync(fileOf(text), 'utf8')) as KeptCode;
      } catch {
        return undefined;
      }
    },
    keep(text, code) {
      const file = fileOf(text);
      const aside = `${file}.${process.pid}`;
      try {
        makeDirectory(directory);
        writeFileSync(aside, JSON.stringify(code));
        renameSync(aside, file);
      } catch {
        // A full or read-only disk only costs the next start some time.
      }
    },
  };
}
