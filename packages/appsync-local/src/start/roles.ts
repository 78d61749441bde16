import type { Judge } from '../iam/access.ts';
import type { TablePlace } from '../iam/dynamodb-access.ts';
import { createRole, type Grant, type Role } from '../iam/role.ts';
import type { AppModel, DataSourceModel, LambdaFunctionModel, RoleModel } from '../template/app-model.ts';

/** The roles of the app, and what each of its parts may do. */
export interface Roles {
  /** @returns undefined for a data source that is refused nothing, because the template does not have its role */
  ofDataSource(source: DataSourceModel): Judge | undefined;
  /** @returns undefined for a Lambda function that is refused nothing, because the template does not have its role */
  ofFunction(lambda: LambdaFunctionModel): FunctionRole | undefined;
  tables: TablePlace;
  /** What the roles allow, and whether a request needed it so far. */
  grants(): Grant[];
  notes: string[];
}

export interface FunctionRole {
  model: RoleModel;
  judge: Judge;
}

/** The name of AppSync's sessions (terraform-aws-modules/terraform-aws-appsync#7). */
const APPSYNC_SESSION = 'APPSYNC_ASSUME_ROLE';

/** @param report called with the first refusal of each action on each resource, as a resolver or a function may hide it */
export function openRoles(app: AppModel, report: (line: string) => void): Roles {
  const models = new Map(app.roles.map((model) => [model.arn, model]));
  const roleOf = sessions();
  const opened = new Set<Role>();
  const reported = new Set<string>();

  // A resource-based policy may allow what the role's own do not.
  const openTables = app.tables.filter(({ hasResourcePolicy }) => hasResourcePolicy).map(({ arn }) => arn);
  const isOpen = (resource: string): boolean =>
    openTables.some((arn) => resource === arn || resource.startsWith(`${arn}/`));

  const judgeOf = (model: RoleModel, session: string): Judge => {
    const role = roleOf(model, session);
    opened.add(role);
    return (access) => {
      const refusal = role.judge(access);
      if (refusal && !refusal.isExplicit && isOpen(access.resource)) {
        return undefined;
      }
      if (refusal && !reported.has(refusal.message)) {
        reported.add(refusal.message);
        report(`${refusal.message} (role ${model.logicalId}); AWS would refuse it too`);
      }
      return refusal;
    };
  };
  const withRole = <T>(arn: string | undefined, make: (model: RoleModel) => T): T | undefined => {
    const model = arn === undefined ? undefined : models.get(arn);
    return model && make(model);
  };
  return {
    ofDataSource: ({ roleArn }) => withRole(roleArn, (model) => judgeOf(model, APPSYNC_SESSION)),
    ofFunction: ({ roleArn, functionName }) =>
      withRole(roleArn, (model) => ({ model, judge: judgeOf(model, functionName) })),
    tables: tablePlaceOf(app),
    grants: () => merged([...opened].flatMap((role) => role.grants())),
    notes: notesOf(app, models, roleOf),
  };
}

type RoleOf = (model: RoleModel, session: string) => Role;

/** Each session of a role is made once: its policies are compiled for it. */
function sessions(): RoleOf {
  const made = new Map<string, Role>();
  return (model, session) => {
    const key = `${model.arn} ${session}`;
    const role = made.get(key) ?? createRole(model, session);
    made.set(key, role);
    return role;
  };
}

/** A grant is used when one of the sessions of its role has used it. */
function merged(grants: Grant[]): Grant[] {
  const byText = new Map<string, Grant>();
  for (const grant of grants) {
    const key = JSON.stringify([grant.role, grant.action, grant.resource]);
    byText.set(key, { ...grant, used: grant.used || byText.get(key)?.used === true });
  }
  return [...byText.values()];
}

function tablePlaceOf({ tables, region, accountId }: AppModel): TablePlace {
  const keys = new Map(
    tables.flatMap(({ tableName, keySchema, globalSecondaryIndexes, localSecondaryIndexes }) => [
      [tableName, keySchema] as const,
      ...[...globalSecondaryIndexes, ...localSecondaryIndexes].map(
        ({ IndexName, KeySchema }) => [`${tableName}/${IndexName}`, KeySchema] as const,
      ),
    ]),
  );
  return {
    region,
    accountId,
    partitionKeyOf: (table, index) =>
      keys.get(index === undefined ? table : `${table}/${index}`)?.find(({ KeyType }) => KeyType === 'HASH')
        ?.AttributeName,
  };
}

const JUDGED: DataSourceModel['type'][] = ['AMAZON_DYNAMODB', 'AWS_LAMBDA', 'AMAZON_EVENTBRIDGE'];

/** Who is refused nothing, and why: one line for all of them. */
function notesOf(
  { api, lambdaFunctions }: AppModel,
  models: Map<string, RoleModel>,
  roleOf: RoleOf,
): string[] {
  const parts = [
    ...api.dataSources
      .filter(({ type }) => JUDGED.includes(type))
      .map(({ name, roleArn }) => ({ part: `data source ${name}`, roleArn, session: APPSYNC_SESSION })),
    ...lambdaFunctions.map(({ logicalId, roleArn, functionName }) => ({
      part: `Lambda function ${logicalId}`,
      roleArn,
      session: functionName,
    })),
  ];
  const without = parts.flatMap(({ part, roleArn, session }) => {
    const model = roleArn === undefined ? undefined : models.get(roleArn);
    if (!model) {
      return [`${part} (its role is not in the template)`];
    }
    const { unread } = roleOf(model, session);
    return unread.length > 0 ? [`${part} (its role has ${unread.join(', ')})`] : [];
  });
  return without.length > 0
    ? [`IAM: calls are never refused for a missing grant if they are made by ${without.join('; ')}.`]
    : [];
}
