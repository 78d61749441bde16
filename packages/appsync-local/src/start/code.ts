import { join } from 'node:path';
import type { Bundle } from '../ground/bundle.ts';
import { cacheDirectory } from '../ground/cache-directory.ts';
import { checkAhead } from '../runtime/check/check.ts';
import { CheckThread } from '../runtime/check/types/check-thread.ts';
import { DEFAULT_JAVASCRIPT, type Javascript } from '../runtime/javascript.ts';
import { type KeptTranslations, keptTranslations, noTranslations } from '../runtime/kept-translations.ts';
import type { ApiModel } from '../template/app-model.ts';
import { codesOf } from '../template/codes-of.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close } from './logs.ts';

/** The code of an API at this start. */
export interface Code {
  /** Translations that earlier starts made. */
  translations: KeptTranslations;
  /** Loads the checker, since new code may be on its way. */
  expectNew(): void;
  /** Type-checks the code units that no earlier start has checked, so that loading them takes no time. */
  checkAhead(api: ApiModel): Promise<void>;
}

/**
 * Without a bundle, whose id identifies the version of the check, keeps nothing unless the options provide a place, and checks everything
 * in this thread.
 */
export function openCode(
  {
    javascript = DEFAULT_JAVASCRIPT,
    translations: given,
    watch = false,
  }: Pick<LocalOptions, 'javascript' | 'translations' | 'watch'>,
  bundle: Bundle | undefined,
  closers: Close[],
): Code {
  if (bundle === undefined) {
    return ofSources(given ?? noTranslations);
  }
  const translations = given ?? translationsOf(bundle, javascript);
  let thread: CheckThread | undefined;
  const open = (): CheckThread => (thread ??= new CheckThread(bundle.directory));
  const close = (): void => thread?.close();
  closers.push(async () => close());
  return {
    translations,
    expectNew: () => void open(),
    async checkAhead(api) {
      const unknown = unknownTo(translations, api);
      if (unknown.length > 0) {
        await open().check(unknown);
      }
      if (!watch) {
        close();
      }
    },
  };
}

/** What this version of the program has made of code before. */
export const translationsOf = (
  { id }: Pick<Bundle, 'id'>,
  javascript: Javascript = DEFAULT_JAVASCRIPT,
): KeptTranslations => keptTranslations(join(cacheDirectory(), 'code', id, javascript));

function ofSources(translations: KeptTranslations): Code {
  return {
    translations,
    expectNew: () => undefined,
    async checkAhead(api) {
      try {
        checkAhead(unknownTo(translations, api));
      } catch {
        // Loading the code meets the same failure, and can name the code unit.
      }
    },
  };
}

const unknownTo = (translations: KeptTranslations, api: ApiModel): string[] =>
  textsOf(api).filter((text) => !translations.has(text));

const textsOf = (api: ApiModel): string[] => codesOf(api).map(({ text }) => text);
