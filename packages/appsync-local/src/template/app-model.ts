/**
 * The resolved contents of a cloud assembly, ready to run: no intrinsic function is left in it. Names follow the CloudFormation
 * resources they were read from.
 */

/** One GraphQL API and the resources that it reaches. */
export interface AppModel {
  region: string;
  accountId: string;
  api: ApiModel;
  tables: TableModel[];
  lambdaFunctions: LambdaFunctionModel[];
  userPools: UserPoolModel[];
  /** Of data sources and Lambda functions, and others. */
  roles: RoleModel[];
  eventRules: EventRuleModel[];
  /** Enabled mappings only. */
  eventSourceMappings: EventSourceMappingModel[];
  /** Resources without a local effect (roles, websites, …), so that start-up can say so. */
  notRun: { type: string; logicalId: string }[];
  /** What the API needs and does not run here, and everything that therefore fails or is left out. */
  unavailable: UnavailableModel[];
  /** Whether AppSync would cache responses; here every request runs its resolvers. */
  isCached: boolean;
  /** What of the templates is not applied here, one sentence each. */
  notes: string[];
}

export interface UnavailableModel {
  /** One sentence without a full stop: what does not run, and what to do. */
  reason: string;
  /** `Query.orders`, `the Lambda authorizer`, `event source mapping Feed`. */
  users: string[];
}

export type AuthenticationType =
  | 'API_KEY'
  | 'AWS_IAM'
  | 'AMAZON_COGNITO_USER_POOLS'
  | 'OPENID_CONNECT'
  | 'AWS_LAMBDA';

export type AuthMode =
  | { type: 'API_KEY' }
  | { type: 'AWS_IAM' }
  | {
      type: 'AMAZON_COGNITO_USER_POOLS';
      userPoolId: string;
      region: string;
      defaultAction: 'ALLOW' | 'DENY';
      appIdClientRegex?: string;
    }
  /** `clientId` is a regular expression. */
  | { type: 'OPENID_CONNECT'; issuer: string; clientId?: string; iatTtlMs?: number; authTtlMs?: number }
  | {
      type: 'AWS_LAMBDA';
      functionArn: string;
      resultTtlSeconds: number;
      identityValidationExpression?: string;
      /** Why the function does not run here; the mode then lets nobody in. */
      notRun?: string;
      /** No permission lets AppSync invoke the function, so the mode lets nobody in on AWS, either. @default false */
      notPermitted?: boolean;
    };

export interface ApiModel {
  logicalId: string;
  /** 26 lower-case letters and digits, stable for a stack and logical id. */
  id: string;
  arn: string;
  name: string;
  /** The SDL exactly as in the template, without AppSync's own scalars and directives. */
  schema: string;
  /** The first one is the default mode. */
  authModes: AuthMode[];
  apiKeys: ApiKeyModel[];
  environment: Record<string, string>;
  introspectionEnabled: boolean;
  /** 0 means no limit. */
  queryDepthLimit: number;
  /** 0 means AppSync's own limit of 10,000. */
  resolverCountLimit: number;
  dataSources: DataSourceModel[];
  functions: AppSyncFunctionModel[];
  resolvers: ResolverModel[];
}

export interface ApiKeyModel {
  logicalId: string;
  /** `da2-…`, sent by clients: invented here, since AWS alone knows the real one. */
  key: string;
  /** Epoch seconds; absent when the template gives none (AppSync then gives the key 7 days). */
  expires?: number;
}

interface DataSourceCommon {
  logicalId: string;
  name: string;
  /** Of the role that AppSync assumes for it; absent when the template names none, or one whose ARN it does not tell. */
  roleArn?: string;
}

export type DataSourceModel = DataSourceCommon &
  (
    | { type: 'AMAZON_DYNAMODB'; tableName: string; region: string }
    | {
        type: 'AWS_LAMBDA';
        /** Without version or alias. */
        functionArn: string;
        /** As the template has it: permissions may name the version or alias. */
        invokedArn: string;
      }
    | {
        type: 'HTTP';
        endpoint: string;
        /** The endpoint is made of a resource that has no address here. */
        isElsewhere?: true;
        signing?: { region: string; service: string };
      }
    | { type: 'AMAZON_EVENTBRIDGE'; busName: string; busArn: string }
    | { type: 'NONE' }
    /**
     * `deployedType` is AppSync's; `reason` becomes the error of each field that asks it. `common` is the reason as far as other data sources
     * share it.
     */
    | { type: 'NOT_RUN'; deployedType: string; reason: string; common?: string }
  );

/** `AWS::IAM::Role` with every policy of the template that is attached to it. */
export interface RoleModel {
  logicalId: string;
  name: string;
  arn: string;
  /** `AROA…`, the first half of the user id of its sessions. */
  id: string;
  /** Of identity-based policies. A value that cannot be resolved here is null. */
  documents: unknown[];
  /** ARNs of attached policies that the template does not have: AWS's own, and others. */
  otherPolicies: string[];
  /** What limits the role, whatever its policies say. */
  boundary?: { documents: unknown[]; otherPolicies: string[] };
}

/** APPSYNC_JS source in its uploaded form: one ES module that exports `request` and `response`. */
export interface CodeModel {
  logicalId: string;
  /** For people: `resolver Mutation.putItem`, `AppSync function readItem`. */
  title: string;
  text: string;
  /** A map beside the code; an inline map at the end of the code takes precedence. */
  sourceMap?: SourceMap;
}

/** Read only when a problem needs a place: nearly all code has none. */
export interface SourceMap {
  /** JSON, version 3 of the format; undefined without a map. */
  read(): string | undefined;
}

/** Source maps in a cloud assembly, by the text of the code. */
export interface SourceMaps {
  of(code: string): SourceMap;
}

/** A pipeline step. */
export interface AppSyncFunctionModel {
  logicalId: string;
  functionId: string;
  name: string;
  dataSourceName: string;
  /** Absent for a direct Lambda function step. */
  code?: CodeModel;
  /** 0 when the template gives none. */
  maxBatchSize: number;
  /** Why it does not run here; it has no code then, and the pipeline that reaches it fails. */
  notRun?: string;
  /** Why it and others like it do not run here. */
  notRunCommon?: string;
}

export type ResolverModel = {
  logicalId: string;
  typeName: string;
  fieldName: string;
  arn: string;
} & (
  | { kind: 'UNIT'; dataSourceName: string; code?: CodeModel; maxBatchSize: number }
  | { kind: 'PIPELINE'; functionIds: string[]; code: CodeModel }
  /** `common`: why it and others like it do not run here. */
  | { kind: 'NOT_RUN'; reason: string; common?: string }
);

export interface KeySchemaElement {
  AttributeName: string;
  KeyType: 'HASH' | 'RANGE';
}

export interface SecondaryIndexModel {
  IndexName: string;
  KeySchema: KeySchemaElement[];
  Projection: { ProjectionType: string; NonKeyAttributes?: string[] };
}

/** `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable`, in CreateTable's own words. */
export interface TableModel {
  logicalId: string;
  tableName: string;
  arn: string;
  attributeDefinitions: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[];
  keySchema: KeySchemaElement[];
  globalSecondaryIndexes: SecondaryIndexModel[];
  localSecondaryIndexes: SecondaryIndexModel[];
  /** Whether a resource-based policy may let in more than the callers' own policies do. */
  hasResourcePolicy?: boolean;
  streamViewType?: 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
  timeToLiveAttribute?: string;
}

export interface LambdaFunctionModel {
  logicalId: string;
  functionName: string;
  arn: string;
  /** The directory that would be zipped and uploaded, such a zip file, or a file name and text for inline code (ZipFile). */
  code: { directory: string } | { archive: string } | { fileName: string; text: string };
  /** Maps of its files that are not beside them. @default none */
  sourceMaps?: SourceMaps;
  /** Of the execution role; absent when the template does not tell its ARN. */
  roleArn?: string;
  /** `index.handler`. */
  handler: string;
  /** `nodejs24.x`, `python3.13`, or `provided.al2023` for code with an executable `bootstrap`; others do not run locally. */
  runtime: string;
  /** Directories or zip files of its layers, in the template's order: what a later one has wins. */
  layers: string[];
  /** ARNs of its layers that are not in the cloud assembly, which it runs without. */
  missingLayers: string[];
  environment: Record<string, string>;
  /** CloudFormation's default is 3 seconds. */
  timeoutSeconds: number;
  /** CloudFormation's default is 128 MB. */
  memoryMb: number;
  logFormat: 'JSON' | 'Text';
  reservedConcurrency?: number;
}

export interface UserPoolModel {
  logicalId: string;
  /** `us-east-1_…`, in Cognito's form. */
  userPoolId: string;
  clients: UserPoolClientModel[];
  /** Names of the groups that the template defines. @default none */
  groups?: string[];
  /** The template gives the pool a domain, without which AWS has no sign-in page for it. @default false */
  hasDomain?: boolean;
}

export interface UserPoolClientModel {
  logicalId: string;
  clientId: string;
  /** @default what Cognito does for a client whose template says nothing */
  signIn?: ClientSignInModel;
}

/** How users sign in to a client (CloudFormation, AWS::Cognito::UserPoolClient). */
export interface ClientSignInModel {
  /** `ExplicitAuthFlows` without `ALLOW_`, such as `USER_SRP_AUTH`. */
  authFlows: string[];
  /** `AllowedOAuthFlows`; empty unless `AllowedOAuthFlowsUserPoolClient`. */
  oauthFlows: string[];
  /** `AllowedOAuthScopes`. */
  scopes: string[];
  /** `CallbackURLs`. */
  callbackUrls: string[];
  /** `LogoutURLs`. */
  logoutUrls: string[];
  accessTokenSeconds: number;
  idTokenSeconds: number;
  refreshTokenSeconds: number;
}

/** `AWS::Events::Rule`. */
export interface EventRuleModel {
  logicalId: string;
  name: string;
  arn: string;
  /** `default`, or the name of a custom event bus. */
  busName: string;
  enabled: boolean;
  /** The EventPattern; null for a schedule. */
  pattern: unknown;
  /** Lambda functions of the assembly. */
  targets: EventTargetModel[];
  /** ARNs of all other targets, which have no local effect. */
  otherTargets: string[];
  isScheduled: boolean;
}

export interface EventTargetModel {
  functionArn: string;
  /** Constant JSON text instead of the event. */
  input?: string;
  /** `$.detail`: this part of the event instead of all of it. */
  inputPath?: string;
  transformer?: { paths: Record<string, string>; template: string };
}

/** `AWS::Lambda::EventSourceMapping` from a table's stream, with Lambda's defaults filled in. */
export interface EventSourceMappingModel {
  logicalId: string;
  stackName: string;
  tableName: string;
  /** The template's ARN, which the function sees; the local stream has another one. */
  streamArn: string;
  /** Without version or alias. */
  functionArn: string;
  startingPosition: 'TRIM_HORIZON' | 'LATEST';
  batchSize: number;
  batchingWindowSeconds: number;
  bisectBatchOnFunctionError: boolean;
  /** -1 means until the records expire. */
  maximumRetryAttempts: number;
  /** -1 means until the records expire. */
  maximumRecordAgeSeconds: number;
  parallelizationFactor: number;
  reportBatchItemFailures: boolean;
  /** Event patterns, one of which must match; an empty list passes every record. */
  filters: unknown[];
  onFailure?: FailureDestinationModel;
}

/** An SQS queue or SNS topic, by the last part of its ARN. */
export interface FailureDestinationModel {
  kind: 'queue' | 'topic';
  name: string;
  arn: string;
}
