import { arnOf } from './identity.ts';
import type { Identity, Named } from './identity.ts';
import { lowerCaseId, physicalName, stableUuid } from './names.ts';

/** How resources of one type are named and addressed; everything else derives from it. */
interface Addressing {
  /** The property that names the resource; without a value CloudFormation generates a name. */
  nameProperty?: string;
  /** The longest name that the service allows. @default 255 */
  longest?: number;
  /** The result of `Ref`. @default 'name' */
  ref?: 'name' | 'arn';
  /** Absent for types without an ARN attribute. */
  arn?(name: string, resource: Named): string;
  /** The attribute with the ARN. @default 'Arn' */
  arnAttribute?: string;
  /** Attributes besides the ARN. */
  more?: Record<string, (name: string, resource: Named) => unknown>;
}

function identityOf(addressing: Addressing): Identity {
  const { nameProperty, longest, arnAttribute = 'Arn', more = {} } = addressing;
  const nameOf = (resource: Named): string => {
    const given = nameProperty === undefined ? undefined : resource.property(nameProperty);
    return String(given ?? physicalName(resource.stackName, resource.logicalId, longest));
  };
  const arn = (resource: Named): string => addressing.arn?.(nameOf(resource), resource) ?? nameOf(resource);
  const others = Object.entries(more).map(([attribute, read]) => [
    attribute,
    (resource: Named) => read(nameOf(resource), resource),
  ]);
  return {
    ref: addressing.ref === 'arn' ? arn : nameOf,
    attributes: {
      ...(addressing.arn === undefined ? {} : { [arnAttribute]: arn }),
      ...Object.fromEntries(others),
    },
  };
}

const arnIn = (service: string, kind: string) => (name: string, resource: Named) =>
  arnOf(resource, service, `${kind}${name}`);
const iamArn = (kind: string) => (name: string, resource: Named) =>
  `arn:aws:iam::${resource.accountId}:${kind}/${name}`;
function customBus(rule: Named): string {
  const bus = String(rule.property('EventBusName') ?? 'default')
    .split('/')
    .pop()!;
  return bus === 'default' ? '' : `${bus}/`;
}
const queueUrl = (name: string, { region, accountId }: Named) =>
  `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
const bucketName = (resource: Named): string =>
  String(
    resource.property('BucketName') ?? physicalName(resource.stackName, resource.logicalId, 63).toLowerCase(),
  );
const keyId = (key: Named): string => stableUuid(key.stackName, key.logicalId);

const queue = identityOf({
  nameProperty: 'QueueName',
  longest: 80,
  arn: arnIn('sqs', ''),
  more: { QueueName: (name) => name, QueueUrl: queueUrl },
});

/**
 * Identities of resources that do not run locally but are mentioned elsewhere: in a Lambda function's environment, in an
 * output, in a condition. The attributes are those of CloudFormation's resource reference.
 */
export const otherIdentities: Record<string, Identity> = {
  'AWS::IAM::Role': identityOf({
    nameProperty: 'RoleName',
    longest: 64,
    arn: iamArn('role'),
    more: { RoleId: (_, role) => `AROA${lowerCaseId(17, role.stackName, role.logicalId).toUpperCase()}` },
  }),
  'AWS::IAM::ManagedPolicy': identityOf({
    nameProperty: 'ManagedPolicyName',
    longest: 128,
    arn: iamArn('policy'),
    arnAttribute: 'PolicyArn',
    ref: 'arn',
  }),
  'AWS::IAM::User': identityOf({ nameProperty: 'UserName', longest: 64, arn: iamArn('user') }),
  'AWS::IAM::Group': identityOf({ nameProperty: 'GroupName', longest: 128, arn: iamArn('group') }),
  'AWS::Logs::LogGroup': identityOf({
    nameProperty: 'LogGroupName',
    arn: (name, group) => arnOf(group, 'logs', `log-group:${name}:*`),
  }),
  'AWS::Events::EventBus': identityOf({
    nameProperty: 'Name',
    arn: arnIn('events', 'event-bus/'),
    more: { Name: (name) => name },
  }),
  'AWS::Events::Rule': identityOf({
    nameProperty: 'Name',
    longest: 64,
    // The ARN of a rule on a custom event bus contains the bus (EventBridge user guide, "Rules").
    arn: (name, rule) => arnOf(rule, 'events', `rule/${customBus(rule)}${name}`),
  }),
  'AWS::SQS::Queue': { ...queue, ref: (resource) => String(queue.attributes['QueueUrl']?.(resource)) },
  'AWS::SNS::Topic': identityOf({
    nameProperty: 'TopicName',
    arn: arnIn('sns', ''),
    arnAttribute: 'TopicArn',
    ref: 'arn',
    more: { TopicName: (name) => name },
  }),
  'AWS::KMS::Key': {
    ref: keyId,
    attributes: { Arn: (key) => arnOf(key, 'kms', `key/${keyId(key)}`), KeyId: keyId },
  },
  'AWS::KMS::Alias': identityOf({ nameProperty: 'AliasName' }),
  'AWS::SSM::Parameter': identityOf({
    nameProperty: 'Name',
    arn: (name, parameter) => arnOf(parameter, 'ssm', `parameter/${name.replace(/^\//, '')}`),
    more: {
      Value: (_, parameter) => parameter.property('Value'),
      Type: (_, parameter) => parameter.property('Type'),
    },
  }),
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (bucket) => `arn:aws:s3:::${bucketName(bucket)}`,
      DomainName: (bucket) => `${bucketName(bucket)}.s3.amazonaws.com`,
      RegionalDomainName: (bucket) => `${bucketName(bucket)}.s3.${bucket.region}.amazonaws.com`,
    },
  },
  'AWS::SecretsManager::Secret': identityOf({
    nameProperty: 'Name',
    arn: (name, secret) =>
      arnOf(secret, 'secretsmanager', `secret:${name}-${lowerCaseId(6, secret.stackName, secret.logicalId)}`),
    arnAttribute: 'Id',
    ref: 'arn',
  }),
  'AWS::CloudWatch::Alarm': identityOf({ nameProperty: 'AlarmName', arn: arnIn('cloudwatch', 'alarm:') }),
  'AWS::CloudWatch::CompositeAlarm': identityOf({
    nameProperty: 'AlarmName',
    arn: arnIn('cloudwatch', 'alarm:'),
    ref: 'arn',
  }),
  'AWS::CloudWatch::Dashboard': identityOf({ nameProperty: 'DashboardName' }),
  'AWS::Cognito::UserPoolGroup': identityOf({ nameProperty: 'GroupName', longest: 128 }),
  'AWS::Cognito::UserPoolDomain': identityOf({ nameProperty: 'Domain', longest: 63 }),
  'AWS::Cognito::IdentityPool': {
    ref: (pool) => `${pool.region}:${stableUuid(pool.stackName, pool.logicalId)}`,
    attributes: { Name: (pool) => pool.property('IdentityPoolName') },
  },
  'Custom::LogRetention': {
    ref: (retention) => String(retention.property('LogGroupName')),
    attributes: { LogGroupName: (retention) => retention.property('LogGroupName') },
  },
};
