/** The input of an identity: one resource, its place and the properties that name it. */
export interface Named {
  logicalId: string;
  type: string;
  stackName: string;
  region: string;
  accountId: string;
  /** A property, resolved; undefined when absent. */
  property(name: string): unknown;
  options: IdentityOptions;
}

/** What only the running server knows. */
export interface IdentityOptions {
  /** Of the served API; others have AWS-shaped URLs that lead nowhere. @default such URLs for it too */
  endpoints?: { graphqlUrl: string; realtimeUrl: string };
  /** Whether an `AWS::AppSync::GraphQLApi` is the served one. @default each is */
  isServed?(api: Named): boolean;
  /**
   * The value of an API's first `AWS::AppSync::ApiKey`; those of further ones derive from it. @default
   * 'da2-localdevkey000000000000000'
   */
  apiKey?: string;
  /** Whether an `AWS::AppSync::ApiKey` is not its API's first one. @default each counts as the first */
  isFurtherApiKey?(key: Named): boolean;
}

/** The results of `Ref` and `Fn::GetAtt` for a resource type. */
export interface Identity {
  ref(resource: Named): string;
  /** By attribute name, from CloudFormation's resource reference. */
  attributes: Record<string, (resource: Named) => unknown>;
  /** Attributes that are not listed. @default none */
  otherAttribute?(name: string): (resource: Named) => unknown;
}

/** `arn:aws:SERVICE:REGION:ACCOUNT:REST` */
export const arnOf = (resource: Named, service: string, rest: string): string =>
  `arn:aws:${service}:${resource.region}:${resource.accountId}:${rest}`;
