import type { ApiModel, DataSourceModel } from './app-model.ts';
import { quoted } from './json.ts';
import type { Problems } from './problems.ts';

/**
 * Adds a problem for every reference within the API that leads nowhere, for every name given twice, and for resolvers without code.
 * @param dataSourceNames those of all data sources of the API, readable or not
 */
export function checkReferences(api: ApiModel, dataSourceNames: string[], problems: Problems): void {
  checkDataSourceNames(api, dataSourceNames, problems);
  checkPipelines(api, problems);
  checkMissingCode(api, problems);
  checkBatches(api, problems);
  checkTwice(
    'data source',
    api.dataSources.map(({ name, logicalId }) => [name, logicalId]),
    problems,
  );
  checkTwice(
    'resolver',
    api.resolvers.map(({ typeName, fieldName, logicalId }) => [`${typeName}.${fieldName}`, logicalId]),
    problems,
  );
}

const deployedTypes = ({ dataSources }: ApiModel): Map<string, string> =>
  new Map(dataSources.map((source) => [source.name, deployedType(source)]));

const deployedType = (source: DataSourceModel): string =>
  source.type === 'NOT_RUN' ? source.deployedType : source.type;

/** Unit resolvers and AppSync functions that run here: what has a data source. */
const units = (api: ApiModel) => [
  ...api.functions
    .filter(({ notRun }) => notRun === undefined)
    .map((step) => ({ ...step, title: `AppSync function ${step.name}` })),
  ...api.resolvers.flatMap((resolver) =>
    resolver.kind === 'UNIT'
      ? [{ ...resolver, title: `resolver ${resolver.typeName}.${resolver.fieldName}` }]
      : [],
  ),
];

function checkDataSourceNames(api: ApiModel, names: string[], problems: Problems): void {
  for (const { title, dataSourceName } of units(api)) {
    if (!names.includes(dataSourceName)) {
      problems.add(`${title} names data source '${dataSourceName}'; the template has ${quoted(names)}`);
    }
  }
}

function checkPipelines(api: ApiModel, problems: Problems): void {
  const known = new Set(api.functions.map(({ functionId }) => functionId));
  for (const resolver of api.resolvers) {
    if (resolver.kind !== 'PIPELINE') {
      continue;
    }
    for (const id of resolver.functionIds.filter((functionId) => !known.has(functionId))) {
      problems.add(
        `resolver ${resolver.typeName}.${resolver.fieldName} names AppSync function id '${id}'; ` +
          `the template has the AppSync functions ${quoted(api.functions.map(({ name }) => name))}`,
      );
    }
  }
}

/** Only a Lambda data source can do without code: the direct Lambda resolver (docs/facts/resolvers.md#direct-lambda). */
function checkMissingCode(api: ApiModel, problems: Problems): void {
  const typeOf = deployedTypes(api);
  for (const { title, logicalId, code, dataSourceName } of units(api)) {
    const type = typeOf.get(dataSourceName);
    if (code === undefined && type !== undefined && type !== 'AWS_LAMBDA') {
      problems.add(
        `${title} (logical id ${logicalId}) has no code; only an AWS_LAMBDA data source works without it, ` +
          `'${dataSourceName}' is ${type}`,
      );
    }
  }
}

/** Only Lambda functions take batches (docs/facts/resolvers.md#batch-size). */
function checkBatches(api: ApiModel, problems: Problems): void {
  const typeOf = deployedTypes(api);
  for (const { title, logicalId, maxBatchSize, dataSourceName } of units(api)) {
    const type = typeOf.get(dataSourceName) ?? 'AWS_LAMBDA';
    if (maxBatchSize > 0 && type !== 'AWS_LAMBDA') {
      problems.add(
        `${title} (logical id ${logicalId}) has MaxBatchSize ${maxBatchSize}; only an AWS_LAMBDA data source takes ` +
          `batches, '${dataSourceName}' is ${type}`,
      );
    }
  }
}

function checkTwice(kind: string, names: [name: string, logicalId: string][], problems: Problems): void {
  const first = new Map<string, string>();
  for (const [name, logicalId] of names) {
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, logicalId);
    } else {
      problems.add(`${kind} ${name} is defined twice: logical ids ${other} and ${logicalId}; remove one`);
    }
  }
}
