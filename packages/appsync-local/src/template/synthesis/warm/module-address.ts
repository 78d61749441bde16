import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../../ground/bundle.ts';

/** The name of the run's number in the query of a module's URL. */
export const RUN = 'appsync-local-run';

/** Whether a module is a file of the project, rather than of a package or of Node.js. */
export const isOfProject = (url: string): boolean =>
  url.startsWith('file:') && !/[\\/]node_modules[\\/]/.test(url);

/** What programs get for `esbuild`: beside this program in the bundle (build/compile.mjs). */
export const STAND_IN_MODULE = pathToFileURL(join(bundle?.directory ?? '', 'esbuild-stand-in.js')).href;
