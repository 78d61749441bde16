import type { DataSource } from '../data-sources/data-source.ts';
import { createNotRunDataSource } from '../data-sources/not-run.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import type { AppSyncRuntime, CodeModule } from '../runtime/runtime.types.ts';
import type { ApiModel, CodeModel, ResolverModel } from '../template/app-model.ts';
import { codesOf } from '../template/codes-of.ts';
import type { Resolver, Step } from './resolver.ts';

export interface ResolverParts {
  runtime: AppSyncRuntime;
  /** By name. */
  dataSources: Map<string, DataSource>;
  /** Data sources that receive the whole context of a resolver without code, by name. */
  directDataSources: Map<string, DataSource>;
}

/**
 * Requests in one `BatchInvoke` when the template gives no size (AppSync developer guide, tutorial-lambda-resolvers-js,
 * "Configuring the maximum batching size"). A direct Lambda resolver then makes no batches at all.
 */
const DEFAULT_BATCH_SIZE = 5;

/**
 * Compiles every resolver and AppSync function once.
 *
 * @returns by `Type.field`
 * @throws StartFailure that names every code unit AppSync would refuse
 */
export function loadResolvers(api: ApiModel, parts: ResolverParts): Map<string, Resolver> {
  const modules = loadModules(api, parts.runtime);
  const step = ({ dataSourceName, code, maxBatchSize, notRun }: Unit): Step => {
    if (notRun !== undefined) {
      return notRunStep(dataSourceName, notRun);
    }
    const dataSource = (code ? parts.dataSources : parts.directDataSources).get(dataSourceName)!;
    return {
      dataSource,
      module: code ? modules.get(code)! : null,
      batchSize: dataSource?.batching ? maxBatchSize || (code ? DEFAULT_BATCH_SIZE : 0) : 0,
    };
  };
  const steps = new Map(
    api.functions.map((one) => [
      one.functionId,
      { ...step(one), functionId: one.functionId, name: one.name },
    ]),
  );
  return new Map(
    api.resolvers.map((resolver) => [`${resolver.typeName}.${resolver.fieldName}`, resolverOf(resolver)]),
  );

  function resolverOf(resolver: ResolverModel): Resolver {
    switch (resolver.kind) {
      case 'UNIT':
        return { kind: 'UNIT', step: step(resolver) };
      case 'PIPELINE':
        return {
          kind: 'PIPELINE',
          module: modules.get(resolver.code)!,
          steps: resolver.functionIds.map((id) => steps.get(id)!),
        };
      case 'NOT_RUN':
        return { kind: 'UNIT', step: notRunStep(resolver.logicalId, resolver.reason) };
    }
  }
}

const notRunStep = (name: string, reason: string): Step => ({
  dataSource: createNotRunDataSource(name, reason),
  module: null,
  batchSize: 0,
});

function loadModules(api: ApiModel, runtime: AppSyncRuntime): Map<CodeModel, CodeModule> {
  const modules = new Map<CodeModel, CodeModule>();
  const refused: CodeRefused[] = [];
  for (const code of codesOf(api)) {
    try {
      modules.set(code, runtime.load(code));
    } catch (error) {
      if (!(error instanceof CodeRefused)) {
        throw error;
      }
      refused.push(error);
    }
  }
  if (refused.length > 0) {
    throw new StartFailure(refused.map(({ message }) => message));
  }
  return modules;
}

/** A resolver or AppSync function with a data source. */
interface Unit {
  dataSourceName: string;
  code?: CodeModel;
  maxBatchSize: number;
  notRun?: string;
}
