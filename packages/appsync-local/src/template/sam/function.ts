import { isRecord } from '../../ground/record.ts';
import { expandEvents } from './events.ts';
import { expandFunctionRole } from './function-role.ts';
import { attribute, made, pick, reference, refusal, section } from './sam-resource.ts';
import type { Additions, Resources, SamResource } from './sam-resource.ts';

/** Properties that SAM hands on to `AWS::Lambda::Function` as they are. */
const HANDED_ON = [
  'FunctionName',
  'Handler',
  'Runtime',
  'Description',
  'MemorySize',
  'Timeout',
  'VpcConfig',
  'Environment',
  'KmsKeyArn',
  'ReservedConcurrentExecutions',
  'Layers',
  'FileSystemConfigs',
  'ImageConfig',
  'PackageType',
  'Architectures',
  'EphemeralStorage',
  'LoggingConfig',
];

/**
 * `AWS::Serverless::Function`: the Lambda function, its role unless it names one, its alias (`AutoPublishAlias`) and what its events
 * become.
 */
export function expandFunction(resource: SamResource, additions: Additions): Resources {
  const { logicalId, properties } = resource;
  const alias = expandAlias(resource, additions);
  const role = `${logicalId}Role`;
  return {
    [logicalId]: made(resource, 'AWS::Lambda::Function', {
      ...pick(properties, ...HANDED_ON),
      Code: codeOf(properties),
      Role: properties['Role'] ?? attribute(role, 'Arn'),
    }),
    ...(properties['Role'] === undefined && expandFunctionRole(resource, role)),
    ...alias.resources,
    ...expandEvents(resource, alias.name, additions),
  };
}

/** A path of the project stays text; the folder of the template is the default, as for `sam build`. */
function codeOf({ InlineCode, ImageUri, PackageType, CodeUri = '.' }: SamResource['properties']): unknown {
  if (InlineCode !== undefined) {
    return { ZipFile: InlineCode };
  }
  return PackageType === 'Image' || ImageUri !== undefined ? { ImageUri: ImageUri ?? '' } : located(CodeUri);
}

/** An object of S3 in Lambda's words; a path of the project stays as it is. */
export function located(uri: unknown): unknown {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(String(uri)) ?? [];
  if (bucket !== undefined) {
    return { S3Bucket: bucket, S3Key: key };
  }
  return isRecord(uri) && uri['Bucket'] !== undefined ? { S3Bucket: uri['Bucket'], S3Key: uri['Key'] } : uri;
}

/**
 * Version and alias of a function. The version's logical id ends in a hash of the code on AWS, so templates refer to it as
 * `Greet.Version`, and to the alias as `Greet.Alias`.
 */
function expandAlias(
  resource: SamResource,
  { references }: Additions,
): { name: string | undefined; resources: Resources } {
  const { logicalId, properties } = resource;
  const name = properties['AutoPublishAlias'];
  if (name === undefined) {
    return { name: undefined, resources: {} };
  }
  const version = `${logicalId}Version`;
  // The name is a parameter's at times, which SAM resolves for the logical id; nothing here refers to the alias by that.
  const suffix = typeof name === 'string' ? name.replaceAll('-', 'D').replaceAll('_', 'U') : '';
  const alias = `${logicalId}Alias${suffix}`;
  references.set(`${logicalId}.Version`, version).set(`${logicalId}.Alias`, alias);
  return {
    name: alias,
    resources: {
      [version]: made(resource, 'AWS::Lambda::Version', { FunctionName: reference(logicalId) }),
      [alias]: made(resource, 'AWS::Lambda::Alias', {
        Name: name,
        FunctionName: reference(logicalId),
        FunctionVersion: attribute(version, 'Version'),
      }),
    },
  };
}

/** `AWS::Serverless::LayerVersion`; the logical id of the layer ends in a hash on AWS, and references to it are rewritten. */
export const expandLayerVersion = (resource: SamResource): Resources => ({
  [resource.logicalId]: made(resource, 'AWS::Lambda::LayerVersion', {
    LayerName: resource.properties['LayerName'] ?? resource.logicalId,
    Content: located(resource.properties['ContentUri']),
    ...pick(resource.properties, 'Description', 'CompatibleRuntimes', 'CompatibleArchitectures'),
  }),
});

const KEY_TYPES: Record<string, string> = { String: 'S', Number: 'N', Binary: 'B' };

/** `AWS::Serverless::SimpleTable`: a table with a partition key alone, `id` by default. */
export function expandSimpleTable(resource: SamResource): Resources {
  const { Name: name, Type: type } = section(resource, 'PrimaryKey');
  if (resource.properties['PrimaryKey'] === undefined) {
    return tableOf(resource, 'id', 'S');
  }
  const keyType = KEY_TYPES[String(type)];
  if (name === undefined || keyType === undefined) {
    throw refusal(
      resource.logicalId,
      `PrimaryKey needs a Name, and a Type that is one of ${Object.keys(KEY_TYPES).join(', ')}`,
    );
  }
  return tableOf(resource, name, keyType);
}

function tableOf(resource: SamResource, name: unknown, keyType: string): Resources {
  return {
    [resource.logicalId]: made(resource, 'AWS::DynamoDB::Table', {
      AttributeDefinitions: [{ AttributeName: name, AttributeType: keyType }],
      KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
      BillingMode: resource.properties['ProvisionedThroughput'] === undefined ? 'PAY_PER_REQUEST' : undefined,
      ...pick(resource.properties, 'TableName', 'ProvisionedThroughput'),
    }),
  };
}

/** `AWS::Serverless::Application`: a nested stack, if its template is a file. */
export const expandApplication = (resource: SamResource): Resources => ({
  [resource.logicalId]:
    typeof resource.properties['Location'] === 'string'
      ? made(resource, 'AWS::CloudFormation::Stack', {
          TemplateURL: resource.properties['Location'],
          Parameters: resource.properties['Parameters'],
        })
      : made(resource, 'AWS::Serverless::Application', {}),
});
