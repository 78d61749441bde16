import { arnOf } from './identity.ts';
import type { Identity, Named } from './identity.ts';
import { lowerCaseId, mixedCaseId, physicalName, stableUuid } from './names.ts';

const nameOf = (resource: Named, property: string, longest?: number): string =>
  String(resource.property(property) ?? physicalName(resource.stackName, resource.logicalId, longest));

/** The label of a table's only stream; AWS uses the time when it was turned on. */
const STREAM_LABEL = '2024-01-01T00:00:00.000';

/** What is known of a table whose name is in this property. */
function tableNames(property: string) {
  const name = (table: Named): string => nameOf(table, property);
  const arn = (table: Named): string => arnOf(table, 'dynamodb', `table/${name(table)}`);
  return { name, arn, streamArn: (table: Named): string => `${arn(table)}/stream/${STREAM_LABEL}` };
}

const ofTable = tableNames('TableName');
const table: Identity = {
  ref: ofTable.name,
  attributes: {
    Arn: ofTable.arn,
    StreamArn: ofTable.streamArn,
    TableId: (resource) => stableUuid(resource.stackName, resource.logicalId),
  },
};

const ofAmplify = tableNames('tableName');
/** What the table manager of Amplify answers (@aws-amplify/graphql-model-transformer, amplify-table-manager-handler). */
const amplifyTable: Identity = {
  ref: ofAmplify.name,
  attributes: { TableArn: ofAmplify.arn, TableStreamArn: ofAmplify.streamArn, TableName: ofAmplify.name },
};

/** Lambda allows 64 characters in a function's name. */
const functionName = (lambda: Named): string => nameOf(lambda, 'FunctionName', 64);
const functionArn = (lambda: Named): string => arnOf(lambda, 'lambda', `function:${functionName(lambda)}`);

/** Versions and aliases contain the ARN or the name of their function. */
function qualifiedArn(resource: Named, qualifier: string): string {
  const target = String(resource.property('FunctionName') ?? '');
  const arn = target.startsWith('arn:') ? target : arnOf(resource, 'lambda', `function:${target}`);
  return `${arn}:${qualifier}`;
}
const aliasArn = (alias: Named): string => qualifiedArn(alias, String(alias.property('Name') ?? ''));
const versionArn = (version: Named): string => qualifiedArn(version, '1');

const userPoolId = (pool: Named): string =>
  `${pool.region}_${mixedCaseId(9, pool.stackName, pool.logicalId)}`;
const userPoolHost = (pool: Named): string => `cognito-idp.${pool.region}.amazonaws.com/${userPoolId(pool)}`;
const clientId = (client: Named): string => lowerCaseId(26, client.stackName, client.logicalId);

const mappingId = (mapping: Named): string => stableUuid(mapping.stackName, mapping.logicalId);

/** Identities of the tables, Lambda functions and user pools that the local server runs. */
export const dataIdentities: Record<string, Identity> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'Custom::AmplifyDynamoDBTable': amplifyTable,
  'AWS::Lambda::Function': { ref: functionName, attributes: { Arn: functionArn } },
  'AWS::Lambda::Alias': { ref: aliasArn, attributes: { AliasArn: aliasArn } },
  'AWS::Lambda::Version': { ref: versionArn, attributes: { FunctionArn: versionArn, Version: () => '1' } },
  'AWS::Lambda::EventSourceMapping': {
    ref: mappingId,
    attributes: {
      Id: mappingId,
      EventSourceMappingArn: (mapping) =>
        arnOf(mapping, 'lambda', `event-source-mapping:${mappingId(mapping)}`),
    },
  },
  'AWS::Cognito::UserPool': {
    ref: userPoolId,
    attributes: {
      Arn: (pool) => arnOf(pool, 'cognito-idp', `userpool/${userPoolId(pool)}`),
      ProviderName: userPoolHost,
      ProviderURL: (pool) => `https://${userPoolHost(pool)}`,
      UserPoolId: userPoolId,
    },
  },
  'AWS::Cognito::UserPoolClient': {
    ref: clientId,
    attributes: {
      ClientId: clientId,
      Name: (client) => nameOf(client, 'ClientName', 128),
      ClientSecret: (client) => lowerCaseId(32, client.stackName, client.logicalId, 'secret'),
    },
  },
};
