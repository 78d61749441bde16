import type { JsonObject } from '../json.ts';
import { attribute, made, reference } from './sam-resource.ts';
import type { Resources, SamResource } from './sam-resource.ts';

const TABLE_ACTIONS: Record<string, string[]> = {
  Read: ['GetItem', 'Query', 'Scan', 'BatchGetItem', 'ConditionCheckItem', 'PartiQLSelect'],
  Write: [
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'BatchWriteItem',
    'PartiQLDelete',
    'PartiQLInsert',
    'PartiQLUpdate',
  ],
};

/**
 * The role of a data source without one of its own, with the policy of the connector that SAM puts between the two
 * (samtranslator 1.115.0, model/connector_profiles).
 */
export function expandDataSourceRole(
  resource: SamResource,
  dataSourceId: string,
  connector: string,
  statements: JsonObject[],
): { arn: JsonObject; resources: Resources } {
  const role = `${dataSourceId}Role`;
  return {
    arn: attribute(role, 'Arn'),
    resources: {
      [role]: made(resource, 'AWS::IAM::Role', {}),
      [`${dataSourceId}${connector}Policy`]: made(resource, 'AWS::IAM::ManagedPolicy', {
        PolicyDocument: { Version: '2012-10-17', Statement: statements },
        Roles: [reference(role)],
      }),
    },
  };
}

/** What `Permissions` of a DynamoDB data source grant; SAM grants both by default. */
export function tableStatements(source: JsonObject): JsonObject[] {
  const { TableArn, TableName, Region, Permissions } = source;
  const arn = TableArn ?? {
    'Fn::Sub': [
      'arn:${AWS::Partition}:dynamodb:${Region}:${AWS::AccountId}:table/${TableName}',
      { Region: Region ?? reference('AWS::Region'), TableName },
    ],
  };
  const permissions = Array.isArray(Permissions) ? Permissions.map(String) : Object.keys(TABLE_ACTIONS);
  return permissions.map((permission) => ({
    Effect: 'Allow',
    Action: (TABLE_ACTIONS[permission] ?? []).map((action) => `dynamodb:${action}`),
    Resource: [arn, withSuffix(arn, '/index/*')],
  }));
}

export const functionStatements = (functionArn: unknown): JsonObject[] => [
  {
    Effect: 'Allow',
    Action: ['lambda:InvokeAsync', 'lambda:InvokeFunction'],
    Resource: [functionArn, withSuffix(functionArn, ':*')],
  },
];

const withSuffix = (arn: unknown, suffix: string): JsonObject => ({
  'Fn::Sub': [`\${Arn}${suffix}`, { Arn: arn }],
});
