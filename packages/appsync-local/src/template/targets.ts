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
          reason,
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

function checkSource(source: DataSourceModel, { tables, lambdas, externalTables }: Targets): void {
  const named = `data source ${source.name} (logical id ${source.logicalId})`;
  const tableNames = tables.map(({ tableName }) => tableName);
  if (source.type === 'AMAZON_DYNAMODB' && !externalTables && !tableNames.includes(source.tableName)) {
    throw new NotRunHere(
      `${named} names table '${source.tableName}'; the template has ${quoted(tableNames)}. ` +
        'Add the table to the app, or name a DynamoDB that has it with --dynamodb-endpoint',
    );
  }
  if (source.type === 'AWS_LAMBDA') {
    checkLambda(source.functionArn, lambdas, `${named} names Lambda function`);
  }
}

function checkAuthorizer(mode: AuthMode, { logicalId }: ApiModel, { lambdas }: Targets): void {
  if (mode.type === 'AWS_LAMBDA') {
    checkLambda(mode.functionArn, lambdas, `the Lambda authorizer of GraphQL API ${logicalId} is`);
  }
}

function checkLambda(functionArn: string, { run, notRun, faults }: LambdaFunctions, named: string): void {
  const reason = notRun.get(functionArn);
  if (reason !== undefined) {
    throw new NotRunHere(reason);
  }
  const known = [...run.map(({ arn }) => arn), ...faults.keys()];
  if (!known.includes(functionArn)) {
    throw new NotRunHere(
      `${named} '${functionArn}'; the template has ${quoted([...known, ...notRun.keys()])}. Add the function to the app`,
    );
  }
}
