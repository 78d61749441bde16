import { StartFailure } from '../ground/start-failure.ts';
import type { AppSyncFunctionModel, ResolverModel } from './app-model.ts';
import { shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import type { Attempt } from './not-run-here.ts';
import { readCode } from './read-code.ts';
import type { Resource } from './resource.ts';

/** AppSync functions in one pipeline (docs/facts/limits.md#functions). */
const LONGEST_PIPELINE = 10;

/** Requests in one batch (docs/facts/limits.md#batch). */
const LARGEST_BATCH = 2_000;

/** Properties of resolvers and AppSync functions that change their results and that the local server lacks. */
const UNSUPPORTED = ['SyncConfig'];

/**
 * @param attempt tells what to do with code that does not run here: to answer the second, or to refuse
 * @throws StartFailure for what AppSync would refuse
 */
export function readFunction(resource: Resource, attempt: Attempt): AppSyncFunctionModel {
  const name = resource.properties.text('Name');
  const title = `AppSync function ${name}`;
  const common = {
    logicalId: resource.logicalId,
    functionId: resource.attribute('FunctionId'),
    name,
    dataSourceName: resource.properties.text('DataSourceName'),
    maxBatchSize: readBatchSize(resource, title),
  };
  return attempt<AppSyncFunctionModel>(
    () => {
      refuseUnsupported(resource, title);
      const code = readCode(resource, title);
      return { ...common, ...(code && { code }) };
    },
    (notRun, notRunCommon) => ({ ...common, notRun, ...(notRunCommon && { notRunCommon }) }),
  );
}

/** @see readFunction */
export function readResolver(resource: Resource, attempt: Attempt): ResolverModel {
  const { properties, logicalId } = resource;
  const common = {
    logicalId,
    typeName: properties.text('TypeName'),
    fieldName: properties.text('FieldName'),
    arn: resource.attribute('ResolverArn'),
  };
  const title = `resolver ${common.typeName}.${common.fieldName}`;
  return attempt<ResolverModel>(
    () => {
      refuseUnsupported(resource, title);
      return { ...common, ...readKind(resource, title) };
    },
    (reason, ofMany) => ({ ...common, kind: 'NOT_RUN', reason, ...(ofMany && { common: ofMany }) }),
  );
}

function readKind(resource: Resource, title: string) {
  const kind = resource.properties.optionalText('Kind') ?? 'UNIT';
  switch (kind) {
    case 'PIPELINE':
      return readPipeline(resource, title);
    case 'UNIT':
      return readUnit(resource, title);
    default:
      throw new StartFailure(
        `${title} (logical id ${resource.logicalId}) has the Kind '${kind}'; AppSync knows UNIT and PIPELINE`,
      );
  }
}

function readUnit(resource: Resource, title: string) {
  const dataSourceName = resource.properties.optionalText('DataSourceName');
  if (dataSourceName === undefined) {
    throw new StartFailure(
      `${title} (logical id ${resource.logicalId}) is a unit resolver and names no data source; ` +
        'give it one, or at least one AppSync function',
    );
  }
  const code = readCode(resource, title);
  return {
    kind: 'UNIT' as const,
    dataSourceName,
    ...(code && { code }),
    maxBatchSize: readBatchSize(resource, title),
  };
}

function readPipeline(resource: Resource, title: string) {
  const named = `${title} (logical id ${resource.logicalId})`;
  const functionIds = resource.properties.section('PipelineConfig').list('Functions').map(String);
  if (functionIds.length > LONGEST_PIPELINE) {
    throw new StartFailure(
      `${named} has ${functionIds.length} AppSync functions; AppSync's limit is ${LONGEST_PIPELINE} in a pipeline`,
    );
  }
  const code = readCode(resource, title);
  if (code === undefined) {
    throw new StartFailure(`${named} is a pipeline resolver without code; add its Code or CodeS3Location`);
  }
  if (readBatchSize(resource, title) > 0) {
    throw new StartFailure(
      `${named} is a pipeline resolver with a MaxBatchSize; give it to the AppSync functions instead`,
    );
  }
  return { kind: 'PIPELINE' as const, functionIds, code };
}

function refuseUnsupported({ properties, logicalId }: Resource, title: string): void {
  const named = `${title} (logical id ${logicalId})`;
  for (const property of UNSUPPORTED) {
    if (properties.value(property) !== undefined) {
      throw new NotRunHere(
        `${named} has ${property}, which the local server does not support; try it on AWS`,
      );
    }
  }
}

function readBatchSize({ properties, logicalId }: Resource, title: string): number {
  const size = properties.optionalNumber('MaxBatchSize') ?? 0;
  if (Number.isInteger(size) && size >= 0 && size <= LARGEST_BATCH) {
    return size;
  }
  throw new StartFailure(
    `${title} (logical id ${logicalId}) has MaxBatchSize ${shown(properties.value('MaxBatchSize'))}; ` +
      `it must be a whole number from 0 to ${LARGEST_BATCH}`,
  );
}
