import { basename } from 'node:path';
import { bundleDirectory } from '../../src/ground/bundle.ts';
import type { Javascript } from '../../src/runtime/javascript.ts';
import type { KeptTranslations } from '../../src/runtime/kept-translations.ts';
import { translationsOf } from '../../src/start/code.ts';

/**
 * What starts from the bundle of these very sources have made of code, and what tests add to it. To check the code of all resolvers takes
 * a process five seconds, which each of a dozen processes of a test run would spend.
 *
 * @param javascript what it means. @default what resolvers are run in
 */
export async function keptCode(javascript?: Javascript): Promise<KeptTranslations> {
  return translationsOf({ id: basename(await bundleDirectory()) }, javascript);
}
