import { isRecord } from '../../ground/record.ts';
import type { ResourceDefinition } from '../assembly.ts';
import type { JsonObject } from '../json.ts';
import { attribute, made, pick, reference, section, sections } from './sam-resource.ts';
import type { Additions, Resources, SamResource } from './sam-resource.ts';

/** Event types that are polled, with the property that names the source (SAM specification, "EventSource"). */
const POLLED: Record<string, string> = { DynamoDB: 'Stream', Kinesis: 'Stream', SQS: 'Queue' };

const MAPPING_PROPERTIES = [
  'StartingPosition',
  'BatchSize',
  'Enabled',
  'MaximumBatchingWindowInSeconds',
  'MaximumRetryAttempts',
  'BisectBatchOnFunctionError',
  'MaximumRecordAgeInSeconds',
  'ParallelizationFactor',
  'TumblingWindowInSeconds',
  'FunctionResponseTypes',
  'FilterCriteria',
];

/** Resources that SAM makes when a function has such an event; other resources refer to them by these ids. */
const IMPLICIT: Record<string, Resources> = {
  Api: {
    ServerlessRestApi: { Type: 'AWS::ApiGateway::RestApi' },
    ServerlessRestApiProdStage: { Type: 'AWS::ApiGateway::Stage' },
  },
  HttpApi: {
    ServerlessHttpApi: { Type: 'AWS::ApiGatewayV2::Api' },
    ServerlessHttpApiApiGatewayDefaultStage: { Type: 'AWS::ApiGatewayV2::Stage' },
  },
};

/**
 * What the `Events` of a function become: event source mappings and rules. Those of other services do not call it here, and a
 * note says so.
 * @param alias logical id of the alias that events call instead of the function itself
 */
export function expandEvents(
  resource: SamResource,
  alias: string | undefined,
  { notes }: Additions,
): Resources {
  const idle: string[] = [];
  const resources: Resources = {};
  for (const [name, event] of sections(section(resource, 'Events'))) {
    const type = String(event['Type']);
    const properties = isRecord(event['Properties']) ? event['Properties'] : {};
    const expanded = expandEvent(resource, { alias, name, type, properties });
    if (expanded === undefined) {
      idle.push(`${name} (${type})`);
      Object.assign(resources, IMPLICIT[type]);
    } else {
      resources[`${resource.logicalId}${name}`] = expanded;
    }
  }
  if (idle.length > 0) {
    notes.push(
      `Lambda function ${resource.logicalId} has events that do not call it here: ${idle.join(', ')}.`,
    );
  }
  return resources;
}

interface SamEvent {
  name: string;
  type: string;
  properties: JsonObject;
  alias: string | undefined;
}

function expandEvent(
  resource: SamResource,
  { alias, name, type, properties }: SamEvent,
): ResourceDefinition | undefined {
  const { logicalId } = resource;
  const source = POLLED[type];
  if (source !== undefined) {
    return made(resource, 'AWS::Lambda::EventSourceMapping', {
      FunctionName: reference(alias ?? logicalId),
      EventSourceArn: properties[source],
      ...pick(properties, ...MAPPING_PROPERTIES),
      DestinationConfig: destinationOf(properties['DestinationConfig']),
    });
  }
  const target = {
    Arn: alias === undefined ? attribute(logicalId, 'Arn') : reference(alias),
    Id: `${logicalId}${name}LambdaTarget`,
  };
  switch (type) {
    case 'EventBridgeRule':
    case 'CloudWatchEvent':
      return made(resource, 'AWS::Events::Rule', {
        Name: properties['RuleName'],
        EventBusName: properties['EventBusName'],
        EventPattern: properties['Pattern'],
        State: stateOf(properties),
        Targets: [{ ...target, ...pick(properties, 'Input', 'InputPath', 'InputTransformer') }],
      });
    case 'Schedule':
      return made(resource, 'AWS::Events::Rule', {
        Name: properties['Name'],
        ScheduleExpression: properties['Schedule'],
        State: stateOf(properties),
        Targets: [{ ...target, ...pick(properties, 'Input') }],
      });
    default:
      return undefined;
  }
}

/** `Type` only tells SAM which policy the role needs. */
function destinationOf(config: unknown): unknown {
  if (!isRecord(config) || !isRecord(config['OnFailure'])) {
    return config;
  }
  const { Type: _, ...onFailure } = config['OnFailure'];
  return { ...config, OnFailure: onFailure };
}

function stateOf({ State, Enabled }: JsonObject): unknown {
  if (Enabled === undefined) {
    return State;
  }
  return Enabled === true || Enabled === 'true' ? 'ENABLED' : 'DISABLED';
}
