const allow = (actions: string[]) => ({
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
});

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
const STREAMS = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
];
const READS = ['BatchGetItem', 'Describe*', 'List*', 'GetItem', 'Query', 'Scan', 'PartiQLSelect'].map(
  (action) => `dynamodb:${action}`,
);

/**
 * AWS's own policies that roles of data sources and Lambda functions usually have, by what follows `arn:aws:iam::aws:policy/`, and
 * what they allow of the actions that are judged here (AWS Managed Policy Reference Guide, 2026-11-29). A role with another one is
 * not refused anything for want of a grant.
 */
const POLICIES: Record<string, object> = {
  AdministratorAccess: allow(['*']),
  PowerUserAccess: {
    Statement: [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }],
  },
  AmazonDynamoDBFullAccess: allow(['dynamodb:*']),
  AmazonDynamoDBFullAccess_v2: allow(['dynamodb:*']),
  AmazonDynamoDBReadOnlyAccess: allow(READS),
  AWSLambda_FullAccess: allow(['lambda:*']),
  'service-role/AWSLambdaRole': allow(['lambda:InvokeFunction']),
  'AWSLambdaInvocation-DynamoDB': allow(['lambda:InvokeFunction', ...STREAMS]),
  'service-role/AWSLambdaBasicExecutionRole': allow(LOGS),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow(LOGS),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow([...STREAMS, ...LOGS]),
  'service-role/AWSLambdaKinesisExecutionRole': allow([...LOGS, 'kinesis:Get*']),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow([...LOGS, 'sqs:ReceiveMessage']),
  AmazonEventBridgeFullAccess: allow(['events:*']),
  AWSAppSyncAdministrator: allow(['appsync:*']),
  AWSAppSyncInvokeFullAccess: allow(['appsync:GraphQL']),
  'service-role/AWSAppSyncPushToCloudWatchLogs': allow(LOGS),
  AWSXRayDaemonWriteAccess: allow(['xray:Put*', 'xray:Get*']),
  CloudWatchLambdaInsightsExecutionRolePolicy: allow(LOGS),
  AmazonSSMReadOnlyAccess: allow(['ssm:Describe*', 'ssm:Get*', 'ssm:List*']),
};

/** @param arn `arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess` @returns undefined for one that is not known here */
export function awsManagedPolicy(arn: string): object | undefined {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name !== undefined && Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
}
