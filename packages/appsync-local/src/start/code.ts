import { join } from 'node:path';
import type { Bundle } from '../ground/bundle.ts';
import { cacheDirectory } from '../ground/cache-directory.ts';
import { checkAhead } from '../runtime/check/check.ts';
import { CheckThread } from '../runtime/check/types/check-thread.ts';
import { DEFAULT_JAVASCRIPT } from '../runtime/javascript.ts';
import { type KeptTranslations, keptTranslations, noTranslations } from '../runtime/kept-translations.ts';
import type { ApiModel } from '../template/app-model.ts';
import { codesOf } from '../template/codes-of.ts';
import type { LocalOptions } from './local-options.ts';
import type { Close } from './logs.ts';

/** The code of an API as this start finds it. */
export interface Code {
  /** What earlier starts made of code. */
  translations: KeptTranslations;
  /** Prepares the checker, since code is being built that may be new. */
  expectNew(): void;
  /** Type-checks the code units that no start has checked before, so that loading them takes no time. */
  checkAhead(api: ApiModel): Promise<void>;
}

/** Without a bundle nothing is kept, since its id is what tells versions of the check apart, and all is checked in this thread. */
export function openCode(
  { javascript = DEFAULT_JAVASCRIPT }: Pick<LocalOptions, 'javascript'>,
  bundle: Bundle | undefined,
  closers: Close[],
): Code {
  if (bundle === undefined) {
    return {
      translations: noTranslations,
      expectNew: () => undefined,
      async checkAhead(api) {
        try {
          checkAhead(textsOf(api));
        } catch {
          // Loading the code meets the same failure, and can name the code unit.
        }
      },
    };
  }
  const translations = keptTranslations(join(cacheDirectory(), 'code', bundle.id, javascript));
  let thread: CheckThread | undefined;
  const open = (): CheckThread => (thread ??= new CheckThread(bundle.directory));
  const close = (): void => thread?.close();
  closers.push(async () => close());
  return {
    translations,
    expectNew: () => void open(),
    async checkAhead(api) {
      const unknown = textsOf(api).filter((text) => !translations.has(text));
      if (unknown.length > 0) {
        await open().check(unknown);
      }
      close();
    },
  };
}

const textsOf = (api: ApiModel): string[] => codesOf(api).map(({ text }) => text);
