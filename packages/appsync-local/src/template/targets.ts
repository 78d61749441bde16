import type { ApiModel, AuthMode, DataSourceModel, TableModel } from './app-model.ts';
import { quoted } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import type { Attempt } from './not-run-here.ts';
import type { Problems } from './problems.ts';
import type { LambdaFunctions } from './read-lambda-functions.ts';

/** What data sources and authorizers may point at. */
export interface Targets {
  tables: TableModel[];
  lambdas: LambdaFunctions;
  /** Whether a data source may name a table that the cloud assembly does not create. */
  externalTables: boolean;
  /** HTTP data sources whose requests go to an endpoint that the template does not say, by name. */
  givenEndpoints: { has(name: string): boolean };
}

/**
 * The API with every data source and authorizer marked whose table or Lambda function does not run here. AppSync creates such a
 * data source as well: it asks for the table or function only when a field does.
 */
export function withTargets(
  api: ApiModel,
  targets: Targets,
  problems: Problems,
  attemptRun: Attempt,
): ApiModel {
  const marked = <T>(one: T, check: () => void, mark: (reason: string) => T): T[] => {
    const found = problems.attempt(() =>
      attemptRun(() => {
        check();
        return one;
      }, mark),
    );
    return found === undefined ? [] : [found];
  };
  return {
    ...api,
    dataSources: api.dataSources.flatMap((source) =>
      marked(
        source,
        () => checkSource(source, targets),
        (reason) => ({
          logicalId: source.logicalId,
          name: source.name,
          type: 'NOT_RUN' as const,
          deployedType: source.type,
          ...reasonOfField(source, reason, targets),
        }),
      ),
    ),
    authModes: api.authModes.flatMap((mode) =>
      marked<AuthMode>(
        mode,
        () => checkAuthorizer(mode, api, targets),
        (notRun) => ({ ...mode, notRun }) as AuthMode,
      ),
    ),
  };
}

/** The error of a field names the data source, also where the reason is that of its Lambda function, which other fields share. */
function reasonOfField(
  source: DataSourceModel,
  reason: string,
  { lambdas }: Targets,
): { reason: string; common?: string } {
  const isOfFunction = source.type === 'AWS_LAMBDA' && lambdas.notRun.get(source.functionArn) === reason;
  return isOfFunction
    ? {
        reason: `data source ${source.name} (logical id ${source.logicalId}) of type AWS_LAMBDA: ${reason}`,
        common: reason,
      }
    : { reason };
}

function checkSource(
  source: DataSourceModel,
  { tables, lambdas, externalTables, givenEndpoints }: Targets,
): void {
  const { name, logicalId } = source;
  if (source.type === 'HTTP' && source.isElsewhere && !givenEndpoints.has(name)) {
    throw new NotRunHere(
      `HTTP data source ${name} (logical id ${logicalId}) has its endpoint from a resource that does not run here; ` +
        `name another with --endpoint ${name}=URL`,
    );
  }
  if (source.type === 'AMAZON_DYNAMODB' && !externalTables) {
    const tableNames = tables.map(({ tableName }) => tableName);
    if (!tableNames.includes(source.tableName)) {
      throw new NotRunHere(
        `data source ${name} (logical id ${logicalId}) names table '${source.tableName}'; the template has ${quoted(tableNames)}. ` +
          'Add the table to the app, or name a DynamoDB that has it with --dynamodb-endpoint',
      );
    }
  }
  if (source.type === 'AWS_LAMBDA') {
    checkFunction(
      source.functionArn,
      lambdas,
      (known) =>
        new NotRunHere(
          `data source ${name} (logical id ${logicalId}) names Lambda function '${source.functionArn}'; ` +
            `the template has ${known}. Add the function to the app`,
        ),
    );
  }
}

function checkAuthorizer(mode: AuthMode, { logicalId }: ApiModel, { lambdas }: Targets): void {
  if (mode.type === 'AWS_LAMBDA') {
    checkFunction(
      mode.functionArn,
      lambdas,
      (known) =>
        new NotRunHere(
          `the Lambda authorizer of GraphQL API ${logicalId} is '${mode.functionArn}'; ` +
            `the template has ${known}. Add the function to the app`,
        ),
    );
  }
}

/**
 * @param missing the error for a function that the assembly lacks, given those that it has
 * @throws NotRunHere for such a function, and for one that does not run here
 */
function checkFunction(
  functionArn: string,
  lambdas: LambdaFunctions,
  missing: (known: string) => NotRunHere,
): void {
  const reason = lambdas.notRun.get(functionArn);
  if (reason !== undefined) {
    throw new NotRunHere(reason);
  }
  const arns = arnsOf(lambdas);
  if (!arns.includes(functionArn)) {
    throw missing(quoted(arns));
  }
}

const arnsOf = ({ run, notRun, faults }: LambdaFunctions): string[] => [
  ...run.map(({ arn }) => arn),
  ...faults.keys(),
  ...notRun.keys(),
];
