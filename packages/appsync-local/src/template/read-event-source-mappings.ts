import { StartFailure } from '../ground/start-failure.ts';
import type { EventSourceMappingModel, FailureDestinationModel } from './app-model.ts';
import { quoted, shown } from './json.ts';
import { NotRunHere } from './not-run-here.ts';
import { createProblems } from './problems.ts';
import { unqualified } from './read-lambda-functions.ts';
import type { Reader } from './reader.ts';
import type { Resource } from './resource.ts';

/** The resources that a mapping may name. */
export interface MappingPartners {
  /** `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable` of the assembly. */
  tables: Resource[];
  /** `AWS::Lambda::Function` of the assembly. */
  functions: Resource[];
  /** Why some of these functions do not run here, by ARN. */
  notRun: ReadonlyMap<string, string>;
}

/** Whether it reads a queue, a Kinesis stream or the like, which no field of an API reaches. */
export function hasOtherSource({ properties }: Resource): boolean {
  const arn = createProblems().attempt(() => properties.optionalText('EventSourceArn'));
  return arn !== undefined && /^arn:[^:]+:(?!dynamodb:)/.test(arn);
}

/**
 * An `AWS::Lambda::EventSourceMapping` from the stream of one of the assembly's tables; defaults and bounds are those of
 * Lambda's CreateEventSourceMapping for DynamoDB.
 *
 * @returns undefined for one that is switched off, which does nothing on AWS either
 * @throws NotRunHere for other sources and for what the local server does not do
 * @throws StartFailure for what Lambda would refuse
 */
export function readEventSourceMapping(
  resource: Resource,
  partners: MappingPartners,
): EventSourceMappingModel | undefined {
  const { properties, logicalId, stackName } = resource;
  if (properties.value('Enabled') !== undefined && !properties.flag('Enabled')) {
    return undefined;
  }
  const table = sourceOf(resource, partners.tables);
  const functionName = properties.text('FunctionName');
  const functionArn = functionOf(resource, functionName, partners.functions).attribute('Arn');
  const reason = partners.notRun.get(functionArn);
  if (reason !== undefined) {
    throw new NotRunHere(reason);
  }
  refuseUnsupported(resource);
  const onFailure = readOnFailure(resource);
  return {
    logicalId,
    stackName,
    tableName: table.ref(),
    streamArn: properties.text('EventSourceArn'),
    functionArn,
    startingPosition: readStartingPosition(resource),
    batchSize: numberWithin(properties, 'BatchSize', 100, 1, 10_000),
    batchingWindowSeconds: numberWithin(properties, 'MaximumBatchingWindowInSeconds', 0, 0, 300),
    bisectBatchOnFunctionError: properties.flag('BisectBatchOnFunctionError'),
    maximumRetryAttempts: numberWithin(properties, 'MaximumRetryAttempts', -1, -1, 10_000),
    maximumRecordAgeSeconds: numberWithin(properties, 'MaximumRecordAgeInSeconds', -1, -1, 604_800),
    parallelizationFactor: numberWithin(properties, 'ParallelizationFactor', 1, 1, 10),
    reportBatchItemFailures: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
    filters: readFilters(properties),
    ...(onFailure && { onFailure }),
  };
}

const refusal = ({ logicalId, stackName }: Resource, reason: string): StartFailure =>
  new StartFailure(`stack ${stackName}, event source mapping ${logicalId} ${reason}`);

const notRun = ({ logicalId, stackName }: Resource, reason: string): NotRunHere =>
  new NotRunHere(`stack ${stackName}, event source mapping ${logicalId} ${reason}`);

function sourceOf(resource: Resource, tables: Resource[]): Resource {
  const arn = resource.properties.optionalText('EventSourceArn');
  const table = tables.find((candidate) => candidate.attribute('StreamArn') === arn);
  if (table === undefined) {
    throw notRun(
      resource,
      `has the source ${arn ?? '(no EventSourceArn)'}, which is not the stream of a DynamoDB table of the cloud assembly; ` +
        'the local server runs no other sources',
    );
  }
  if (table.properties.optionalSection('StreamSpecification') === undefined) {
    throw refusal(
      resource,
      `reads the stream of table ${table.logicalId}, which has no StreamSpecification; give the table one`,
    );
  }
  return table;
}

/** By name, by ARN, by version or alias, or by `ACCOUNT:function:NAME` (CreateEventSourceMapping, FunctionName). */
function functionOf(resource: Resource, nameOrArn: string, functions: Resource[]): Resource {
  const parts = nameOrArn.split(':');
  const name = parts.includes('function') ? parts[parts.indexOf('function') + 1] : parts[0];
  const found = functions.find((lambda) =>
    nameOrArn.startsWith('arn:') ? lambda.attribute('Arn') === unqualified(nameOrArn) : lambda.ref() === name,
  );
  if (found !== undefined) {
    return found;
  }
  throw notRun(
    resource,
    `names the function ${shown(nameOrArn)}; the cloud assembly has ${quoted(functions.map((lambda) => lambda.ref()))}`,
  );
}

function refuseUnsupported(resource: Resource): void {
  const { properties } = resource;
  if ((properties.optionalNumber('TumblingWindowInSeconds') ?? 0) > 0) {
    throw notRun(resource, 'has TumblingWindowInSeconds, which the local server does not support');
  }
  const unknown = properties
    .list('FunctionResponseTypes')
    .filter((type) => type !== 'ReportBatchItemFailures');
  if (unknown.length > 0) {
    throw refusal(resource, `has FunctionResponseTypes ${shown(unknown)}; there is ReportBatchItemFailures`);
  }
  if (properties.optionalSection('DestinationConfig')?.optionalSection('OnSuccess') !== undefined) {
    throw refusal(resource, 'has an OnSuccess destination, which streams do not have; use OnFailure');
  }
}

function readStartingPosition(resource: Resource): EventSourceMappingModel['startingPosition'] {
  const position = resource.properties.text('StartingPosition');
  if (position === 'TRIM_HORIZON' || position === 'LATEST') {
    return position;
  }
  throw refusal(
    resource,
    `has the StartingPosition ${shown(position)}; a DynamoDB stream takes TRIM_HORIZON or LATEST`,
  );
}

function numberWithin(
  properties: Reader,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = properties.optionalNumber(name) ?? otherwise;
  if (Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new StartFailure(
    `${properties.where}: ${name} must be a whole number from ${least} to ${most}; it is ${value}`,
  );
}

const DESTINATIONS: Record<string, FailureDestinationModel['kind']> = { sqs: 'queue', sns: 'topic' };

function readOnFailure(resource: Resource): FailureDestinationModel | undefined {
  const config = resource.properties.optionalSection('DestinationConfig');
  const arn = config?.optionalSection('OnFailure')?.optionalText('Destination');
  if (arn === undefined) {
    return undefined;
  }
  const [, , service = '', , , name = ''] = arn.split(':');
  const kind = DESTINATIONS[service];
  if (kind === undefined || name === '') {
    throw notRun(
      resource,
      `sends dropped records to ${arn}; the local server supports only SQS queues and SNS topics as destinations`,
    );
  }
  return { kind, name, arn };
}

/** Each filter's pattern, parsed; a record passes when one of them matches. */
const readFilters = (properties: Reader): unknown[] =>
  (properties.optionalSection('FilterCriteria')?.sections('Filters') ?? []).map((filter) => {
    const pattern = filter.text('Pattern');
    try {
      return JSON.parse(pattern) as unknown;
    } catch {
      throw new StartFailure(`${filter.where}: Pattern must be JSON; it is ${shown(pattern)}`);
    }
  });
