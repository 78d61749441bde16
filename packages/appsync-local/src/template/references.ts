import type { ApiModel, AppModel } from './app-model.ts';
import { quoted } from './json.ts';
import type { Problems } from './problems.ts';

/** What the references of an API may point at. */
export interface Targets {
  /** Names of all data sources of the API, readable or not. */
  dataSources: string[];
  tables: AppModel['tables'];
  lambdaFunctionArns: string[];
  /** Whether a data source may name a table that the cloud assembly does not create. */
  externalTables: boolean;
}

/** Adds a problem for every reference that leads nowhere, for every name given twice, and for resolvers without code. */
export function checkReferences(api: ApiModel, targets: Targets, problems: Problems): void {
  checkDataSourceNames(api, targets, problems);
  checkPipelines(api, problems);
  checkTargets(api, targets, problems);
  checkAuthorizer(api, targets, problems);
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

/** Unit resolvers and AppSync functions: what has a data source. */
const units = (api: ApiModel) => [
  ...api.functions.map((step) => ({ ...step, title: `AppSync function ${step.name}` })),
  ...api.resolvers.flatMap((resolver) =>
    resolver.kind === 'UNIT'
      ? [{ ...resolver, title: `resolver ${resolver.typeName}.${resolver.fieldName}` }]
      : [],
  ),
];

function checkDataSourceNames(api: ApiModel, targets: Targets, problems: Problems): void {
  for (const { title, dataSourceName } of units(api)) {
    if (!targets.dataSources.includes(dataSourceName)) {
      problems.add(
        `${title} names data source '${dataSourceName}'; the template has ${quoted(targets.dataSources)}`,
      );
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

function checkTargets(api: ApiModel, targets: Targets, problems: Problems): void {
  const tableNames = targets.tables.map(({ tableName }) => tableName);
  for (const source of api.dataSources) {
    const named = `data source ${source.name} (logical id ${source.logicalId})`;
    if (
      source.type === 'AMAZON_DYNAMODB' &&
      !targets.externalTables &&
      !tableNames.includes(source.tableName)
    ) {
      problems.add(`${named} names table '${source.tableName}'; the template has ${quoted(tableNames)}`);
    }
    if (source.type === 'AWS_LAMBDA' && !targets.lambdaFunctionArns.includes(source.functionArn)) {
      problems.add(
        `${named} names Lambda function '${source.functionArn}'; the template has ${quoted(targets.lambdaFunctionArns)}`,
      );
    }
  }
}

function checkAuthorizer(api: ApiModel, targets: Targets, problems: Problems): void {
  for (const mode of api.authModes) {
    if (mode.type === 'AWS_LAMBDA' && !targets.lambdaFunctionArns.includes(mode.functionArn)) {
      problems.add(
        `the Lambda authorizer of GraphQL API ${api.logicalId} is '${mode.functionArn}'; ` +
          `the template has ${quoted(targets.lambdaFunctionArns)}`,
      );
    }
  }
}

/** Only a Lambda data source can do without code: the direct Lambda resolver (docs/facts/resolvers.md#direct-lambda). */
function checkMissingCode(api: ApiModel, problems: Problems): void {
  const typeOf = new Map(api.dataSources.map(({ name, type }) => [name, type]));
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

/** Batches are for Lambda functions only (docs/facts/resolvers.md#batch-size). */
function checkBatches(api: ApiModel, problems: Problems): void {
  const typeOf = new Map(api.dataSources.map(({ name, type }) => [name, type]));
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
