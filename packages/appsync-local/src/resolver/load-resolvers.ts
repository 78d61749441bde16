import type { DataSource } from '../data-sources/data-source.ts';
import { StartFailure } from '../ground/start-failure.ts';
import { CodeRefused } from '../runtime/code-refused.ts';
import type { AppSyncRuntime, CodeModule } from '../runtime/runtime.types.ts';
import type { ApiModel, CodeModel } from '../template/app-model.ts';
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
  const step = ({ dataSourceName, code, maxBatchSize }: Unit): Step => {
    const dataSource = (code ? parts.dataSources : parts.directDataSources).get(dataSourceName)!;
    return {
      dataSource,
      module: code ? modules.get(code)! : null,
      batchSize: dataSource?.batching ? maxBatchSize || (code ? DEFAULT_BATCH_SIZE : 0) : 0,
    };
  };
  const steps = new Map(
    api.functions.map((one) => [one.functionId, { ...step(one), functionId: one.functionId }]),
  );
  return new Map(
    api.resolvers.map((resolver) => [
      `${resolver.typeName}.${resolver.fieldName}`,
      resolver.kind === 'UNIT'
        ? { kind: 'UNIT', step: step(resolver) }
        : {
            kind: 'PIPELINE',
            module: modules.get(resolver.code)!,
            steps: resolver.functionIds.map((id) => steps.get(id)!),
          },
    ]),
  );
}

function loadModules(
  { functions, resolvers }: ApiModel,
  runtime: AppSyncRuntime,
): Map<CodeModel, CodeModule> {
  const modules = new Map<CodeModel, CodeModule>();
  const refused: CodeRefused[] = [];
  for (const { code } of [...functions, ...resolvers]) {
    if (!code) {
      continue;
    }
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
    throw new StartFailure(refused.map(({ message }) => message).join('; '));
  }
  return modules;
}

/** A resolver or AppSync function with a data source. */
interface Unit {
  dataSourceName: string;
  code?: CodeModel;
  maxBatchSize: number;
}
