import type { CodeModel } from '../template/app-model.ts';
import type { AppSyncRuntime, EvaluableModule } from './runtime.types.ts';

/** A runtime that compiles code which is in use already no second time. */
export interface RememberingRuntime extends AppSyncRuntime {
  /** Forgets the code that is not among these. */
  keepOnly(codes: readonly CodeModel[]): void;
}

interface Remembered {
  module: EvaluableModule;
  /** As loaded last: an older one may have its source map in a folder that is gone. */
  code: CodeModel;
}

/** Remembers code by its text and the code unit, which its log lines begin with. */
export function rememberModules(runtime: AppSyncRuntime): RememberingRuntime {
  const remembered = new Map<string, Remembered>();
  return {
    load(code) {
      const key = keyOf(code);
      const known = remembered.get(key);
      if (known) {
        known.code = code;
        return known.module;
      }
      const sourceMap = { read: () => remembered.get(key)?.code.sourceMap?.read() ?? code.sourceMap?.read() };
      const module = runtime.load({ ...code, ...(code.sourceMap && { sourceMap }) });
      remembered.set(key, { module, code });
      return module;
    },
    createContext: (init) => runtime.createContext(init),
    containers: runtime.containers,
    keepOnly(codes) {
      const used = new Set(codes.map(keyOf));
      for (const key of remembered.keys()) {
        if (!used.has(key)) {
          remembered.delete(key);
        }
      }
    },
  };
}

const keyOf = ({ logicalId, title, text }: CodeModel): string => `${logicalId}\0${title}\0${text}`;
