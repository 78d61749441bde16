import { isRecord } from '../../ground/record.ts';
import type { JsonObject } from '../json.ts';

interface Grant {
  actions: string[];
  /** The resource's ARN after the account, with the template's parameter as `${name}`. */
  resources: string[];
}

interface PolicyTemplate {
  service: 'dynamodb' | 'events' | 'lambda';
  /** The parameter that names the table, function or bus. */
  parameter: string;
  grants: Grant[];
}

const TABLE = ['table/${name}', 'table/${name}/index/*'];

const ofTable = (...grants: Grant[]): PolicyTemplate => ({
  service: 'dynamodb',
  parameter: 'TableName',
  grants,
});

/** SAM's policy templates for services whose calls are judged here (SAM developer guide, "Policy template list", 2026-11-29). */
const TEMPLATES: Record<string, PolicyTemplate> = {
  DynamoDBCrudPolicy: ofTable({
    actions: [
      'GetItem',
      'DeleteItem',
      'PutItem',
      'Scan',
      'Query',
      'UpdateItem',
      'BatchWriteItem',
      'BatchGetItem',
      'DescribeTable',
      'ConditionCheckItem',
    ],
    resources: TABLE,
  }),
  DynamoDBReadPolicy: ofTable({
    actions: ['GetItem', 'Scan', 'Query', 'BatchGetItem', 'DescribeTable'],
    resources: TABLE,
  }),
  DynamoDBWritePolicy: ofTable({ actions: ['PutItem', 'UpdateItem', 'BatchWriteItem'], resources: TABLE }),
  DynamoDBReconfigurePolicy: ofTable({ actions: ['UpdateTable'], resources: ['table/${name}'] }),
  DynamoDBStreamReadPolicy: ofTable(
    {
      actions: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
      resources: ['table/${name}/stream/${StreamName}'],
    },
    { actions: ['ListStreams'], resources: ['table/${name}/stream/*'] },
  ),
  EventBridgePutEventsPolicy: {
    service: 'events',
    parameter: 'EventBusName',
    grants: [{ actions: ['PutEvents'], resources: ['event-bus/${name}'] }],
  },
  LambdaInvokePolicy: {
    service: 'lambda',
    parameter: 'FunctionName',
    grants: [{ actions: ['InvokeFunction'], resources: ['function:${name}*'] }],
  },
};

/** Other templates grant nothing of the services that are judged here. */
const MAY_BE_JUDGED = /^(?:AppSync|DynamoDB|EventBridge|Lambda)/;

/**
 * The statements of one of SAM's policy templates.
 * @returns an empty list for a template of a service whose calls are not judged here; undefined for one that is not known
 */
export function policyTemplate(name: string, parameters: unknown): JsonObject[] | undefined {
  const template = Object.hasOwn(TEMPLATES, name) ? TEMPLATES[name] : undefined;
  if (template === undefined) {
    return MAY_BE_JUDGED.test(name) ? undefined : [];
  }
  const { service, parameter, grants } = template;
  const given = isRecord(parameters) ? parameters : {};
  const variables = { ...given, name: given[parameter] };
  return grants.map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: actions.map((action) => `${service}:${action}`),
    Resource: resources.map((resource) => ({
      'Fn::Sub': [
        `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
        variables,
      ],
    })),
  }));
}
