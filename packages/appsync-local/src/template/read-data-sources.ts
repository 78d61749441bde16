import { isRecord } from '../ground/record.ts';
import { StartFailure } from '../ground/start-failure.ts';
import type { DataSourceModel } from './app-model.ts';
import { NotRunHere } from './not-run-here.ts';
import { busNameOf } from './read-event-rules.ts';
import { unqualified } from './read-lambda-functions.ts';
import type { Reader } from './reader.ts';
import type { Resource } from './resource.ts';

interface Common {
  logicalId: string;
  name: string;
  roleArn?: string;
}

/** AppSync's types that need a service this server does not have (CreateDataSource, "type"). */
const TYPES_OF_OTHER_SERVICES = [
  'RELATIONAL_DATABASE',
  'AMAZON_OPENSEARCH_SERVICE',
  'AMAZON_ELASTICSEARCH',
  'AMAZON_BEDROCK_RUNTIME',
];

/**
 * @throws NotRunHere for types the local server does not run and for versioned tables
 * @throws StartFailure for types AppSync does not have
 */
export function readDataSource(resource: Resource): DataSourceModel {
  const roleArn = resource.known('ServiceRoleArn');
  const common: Common = {
    logicalId: resource.logicalId,
    name: resource.properties.text('Name'),
    ...(typeof roleArn === 'string' && { roleArn }),
  };
  const type = resource.properties.text('Type');
  const read = types[type];
  if (read !== undefined) {
    return read(common, resource.properties, resource);
  }
  const { name, logicalId } = common;
  if (TYPES_OF_OTHER_SERVICES.includes(type)) {
    throw new NotRunHere(
      `data source ${name} (logical id ${logicalId}) has the type '${type}'; ` +
        `the local server runs ${Object.keys(types).join(', ')}, so try its fields on AWS`,
    );
  }
  const known = [...Object.keys(types), ...TYPES_OF_OTHER_SERVICES];
  throw new StartFailure(
    `data source ${name} (logical id ${logicalId}) has the type '${type}', which AppSync does not have; ` +
      `it must be one of ${known.join(', ')}`,
  );
}

function readDynamoDb(common: Common, properties: Reader): DataSourceModel {
  const config = properties.section('DynamoDBConfig');
  if (config.flag('Versioned') || config.value('DeltaSyncConfig') !== undefined) {
    throw new NotRunHere(
      `data source ${common.name} (logical id ${common.logicalId}) is versioned (DeltaSyncConfig), ` +
        'which the local server does not support; try its fields on AWS',
    );
  }
  return {
    ...common,
    type: 'AMAZON_DYNAMODB',
    tableName: config.text('TableName'),
    region: config.text('AwsRegion'),
  };
}

function readLambda(common: Common, properties: Reader): DataSourceModel {
  const invokedArn = properties.section('LambdaConfig').text('LambdaFunctionArn');
  return { ...common, type: 'AWS_LAMBDA', functionArn: unqualified(invokedArn), invokedArn };
}

/** An endpoint that the template itself writes is AppSync's to refuse; what a resource without an address here makes of it is not. */
function readHttp(common: Common, properties: Reader, resource: Resource): DataSourceModel {
  const config = properties.section('HttpConfig');
  const written = resource.written('HttpConfig');
  const isWritten = isRecord(written) && typeof written['Endpoint'] === 'string';
  const endpoint = config.text('Endpoint');
  const signing = config.optionalSection('AuthorizationConfig')?.optionalSection('AwsIamConfig');
  return {
    ...common,
    type: 'HTTP',
    endpoint,
    ...(!isWritten && !/^https?:\/\//.test(endpoint) && { isElsewhere: true as const }),
    ...(signing && {
      signing: { region: signing.text('SigningRegion'), service: signing.text('SigningServiceName') },
    }),
  };
}

function readEventBridge(common: Common, properties: Reader): DataSourceModel {
  const busArn = properties.section('EventBridgeConfig').text('EventBusArn');
  return { ...common, type: 'AMAZON_EVENTBRIDGE', busName: busNameOf(busArn), busArn };
}

const types: Record<string, (common: Common, properties: Reader, resource: Resource) => DataSourceModel> = {
  AMAZON_DYNAMODB: readDynamoDb,
  AWS_LAMBDA: readLambda,
  HTTP: readHttp,
  AMAZON_EVENTBRIDGE: readEventBridge,
  NONE: (common) => ({ ...common, type: 'NONE' }),
};

/** Whether the local server runs data sources of this type. */
export const isRunDataSource = ({ properties }: Resource): boolean => properties.text('Type') in types;
