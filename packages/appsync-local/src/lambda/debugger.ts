import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debuggerMap } from '../ground/debugger-map.ts';
import type { LambdaFunctionModel } from '../template/app-model.ts';
import { mapOfFile } from './source-lines.ts';

/** How a debugger gets at functions that run on Node.js. */
export interface Debugger {
  /** The port of a function's process on 127.0.0.1. */
  portOf(model: LambdaFunctionModel): number | undefined;
  /** The URL of a source of its source maps. */
  locate(source: string): string;
}

/**
 * Gives each file of a function's copy its source map with the places of the sources. The last line of a file only: lines and columns
 * stay.
 */
export function addDebuggerMaps(
  taskRoot: string,
  { sourceMaps }: LambdaFunctionModel,
  locate: Debugger['locate'],
): void {
  const files = readdirSync(taskRoot, { recursive: true, encoding: 'utf8' });
  for (const name of files.filter((path) => CODE.test(path) && !path.includes('node_modules'))) {
    const file = join(taskRoot, name);
    const map = debuggerMap(mapOfFile(file, sourceMaps), locate);
    if (map !== '') {
      writeFileSync(file, `${readFileSync(file, 'utf8').replace(OWN_MAP, '')}${map}\n`);
    }
  }
}

const CODE = /\.[cm]?js$/;
const OWN_MAP = /\n\/\/# sourceMappingURL=.*\s*$/;
