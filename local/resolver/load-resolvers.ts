import type { DataSource } from '../data-sources/data-source.ts';
import type { AppSyncRuntime } from '../runtime/runtime.types.ts';
import type { ApiModel, CodeModel } from '../template/model.ts';
import type { Resolver, Step } from './resolver.ts';

export interface ResolverParts {
  runtime: AppSyncRuntime;
  /** By name. */
  dataSources: Map<string, DataSource>;
  /** Data sources that a resolver without code sends its whole context to, by name. */
  directDataSources: Map<string, DataSource>;
}

/** Compiles every resolver and AppSync function once; `Type.field` to resolver. @throws CodeRefused as the runtime does */
export function loadResolvers(api: ApiModel, parts: ResolverParts): Map<string, Resolver> {
  const step = (dataSourceName: string, code: CodeModel | undefined): Step => ({
    dataSource: (code ? parts.dataSources : parts.directDataSources).get(dataSourceName)!,
    module: code ? parts.runtime.load(code) : null,
  });
  const steps = new Map(
    api.functions.map(({ functionId, dataSourceName, code }) => [functionId, step(dataSourceName, code)]),
  );
  return new Map(
    api.resolvers.map((resolver) => [
      `${resolver.typeName}.${resolver.fieldName}`,
      resolver.kind === 'UNIT'
        ? { kind: 'UNIT', step: step(resolver.dataSourceName, resolver.code) }
        : {
            kind: 'PIPELINE',
            module: parts.runtime.load(resolver.code),
            steps: resolver.functionIds.map((id) => steps.get(id)!),
          },
    ]),
  );
}
