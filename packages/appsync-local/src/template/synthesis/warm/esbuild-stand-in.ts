/** The module that programs get for `esbuild` (fresh-modules.ts). */
import type * as Esbuild from 'esbuild';
import { STAND_IN } from './stand-in.ts';

const standIn = (globalThis as { [STAND_IN]?: typeof Esbuild })[STAND_IN]!;

export const { build, buildSync, context, transform, transformSync, formatMessages, formatMessagesSync } =
  standIn;
export const { analyzeMetafile, analyzeMetafileSync, initialize, stop, version } = standIn;
// What `import esbuild from 'esbuild'` means.
// eslint-disable-next-line import/no-default-export
export default standIn;
