import { type Expiration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AppsyncFunction,
  AuthorizationType,
  type BaseDataSource,
  type CfnGraphQLApi,
  Definition,
  FunctionRuntime,
  GraphqlApi,
  IntrospectionConfig,
  type Resolver,
  SchemaFile,
} from 'aws-cdk-lib/aws-appsync';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { readApiSchema, SCHEMA, schemaText } from './api-schema.ts';
import { checkRoutes } from './check-routes.ts';
import { dataSources, type DataSourcesProps } from './data-sources.ts';
import { fromRoot } from './paths.ts';
import { bundleResolvers, type ResolverBundles } from './resolver-bundles.ts';
import { ResolverCode } from './resolver-code.ts';
import { type DataSourceName, type Route, routeOf, routes, sourceOfStep } from './routes.ts';
import type { MappedCode } from './source-map.ts';
import type { CustomDomain, Limits } from './stage.ts';

export interface ItemsApiProps extends DataSourcesProps {
  name: string;
  /** Only errors of fields are logged, without payloads, and the logs stay after the stack is deleted. */
  production: boolean;
  limits: Limits;
  /** CloudWatch metrics of each resolver. */
  resolverMetrics: boolean;
  userPool: UserPool;
  /** When the API key expires. */
  apiKeyExpires: Expiration;
  /** A different name creates a different key. @default the first key, without a name */
  apiKeyName?: string;
  /** @default AppSync's own name */
  domain?: CustomDomain;
}

/**
 * Fields below each other: the deepest field of the schema is four deep, the query that tools ask for the schema with 15. Whether
 * AppSync counts the latter is not documented. It bounds what a schema with types that hold each other would allow.
 */
export const QUERY_DEPTH = 20;

/** Resolvers of one request, which is fields of `Query` or `Mutation` under as many aliases: AppSync bills them as one operation. */
export const RESOLVER_COUNT = 100;

/** The GraphQL API: three authorization modes, its data sources, and a resolver for every file in `resolvers/`. */
export class ItemsApi extends Construct {
  readonly api: GraphqlApi;
  /** `wss://…`, where subscriptions connect. */
  readonly realtimeUrl: string;
  /** By their field: `Query.getItem`. */
  readonly resolvers = new Map<string, Resolver>();

  constructor(scope: Construct, id: string, props: ItemsApiProps) {
    super(scope, id);
    const bundles = bundleResolvers();
    checkRoutes(readApiSchema(), bundles.keys(), routes);
    const schema = SchemaFile.fromAsset(fromRoot(SCHEMA));
    schema.definition = schemaText();
    this.api = new GraphqlApi(this, 'Api', {
      name: props.name,
      definition: Definition.fromSchema(schema),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: AuthorizationType.API_KEY,
          apiKeyConfig: { name: props.apiKeyName, expires: props.apiKeyExpires },
        },
        additionalAuthorizationModes: [
          { authorizationType: AuthorizationType.IAM },
          { authorizationType: AuthorizationType.USER_POOL, userPoolConfig: { userPool: props.userPool } },
        ],
      },
      environmentVariables: {
        ITEMS_TABLE: props.data.items.tableName,
        CONSTRAINTS_TABLE: props.data.constraints.tableName,
      },
      xrayEnabled: true,
      queryDepthLimit: QUERY_DEPTH,
      resolverCountLimit: RESOLVER_COUNT,
      introspectionConfig: props.limits.introspection
        ? IntrospectionConfig.ENABLED
        : IntrospectionConfig.DISABLED,
      ...(props.domain && { domainName: domainOf(this, props.domain) }),
    });
    this.realtimeUrl = this.cfnApi.attrRealtimeUrl;
    this.logFields(props.production);
    if (props.resolverMetrics) {
      this.measureResolvers();
    }
    this.addResolvers(bundles, dataSources(this, this.api, props));
  }

  private get cfnApi(): CfnGraphQLApi {
    return this.api.node.defaultChild as CfnGraphQLApi;
  }

  /**
   * Sets up field logs with the L1 resource, because the L2 `logConfig` adds a Lambda function to set the retention. AppSync
   * writes to the group of exactly this name.
   */
  private logFields(production: boolean): void {
    const role = new Role(this, 'LogRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    const logs = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/appsync/apis/${this.api.apiId}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    logs.grantWrite(role);
    this.cfnApi.logConfig = {
      cloudWatchLogsRoleArn: role.roleArn,
      fieldLogLevel: production ? 'ERROR' : 'INFO',
      // Request headers, contexts and what handlers return are payloads (API reference, LogConfig).
      excludeVerboseContent: production,
    };
    if (production) {
      Validations.of(this.api).acknowledge({
        id: 'AwsSolutions::AwsSolutions-ASC3',
        reason:
          'Requests are logged, without their headers and contexts: those hold tokens and what users wrote.',
      });
    }
  }

  /** Of resolvers alone: DynamoDB and Lambda have metrics of their own, and operations have the names that clients give them. */
  private measureResolvers(): void {
    this.cfnApi.enhancedMetricsConfig = {
      resolverLevelMetricsBehavior: 'FULL_REQUEST_RESOLVER_METRICS',
      dataSourceLevelMetricsBehavior: 'PER_DATA_SOURCE_METRICS',
      operationLevelMetricsConfig: 'DISABLED',
    };
  }

  private addResolvers(bundles: ResolverBundles, sources: Record<DataSourceName, BaseDataSource>): void {
    const steps = new Map(
      [...bundles]
        .filter(([name]) => name.startsWith('pipeline/'))
        .map(([name, bundle]) => [name.slice('pipeline/'.length), bundle] as const)
        .map(([step, bundle]) => [step, this.addFunction(step, bundle, sources[sourceOfStep(step)])]),
    );
    for (const [field, bundle] of bundles) {
      if (!field.startsWith('pipeline/')) {
        this.addResolver(field, bundle, routeOf(field), sources, steps);
      }
    }
  }

  private addFunction(step: string, bundle: MappedCode, dataSource: BaseDataSource): AppsyncFunction {
    const functionName = camelCase(step);
    return new AppsyncFunction(this, `${functionName}Function`, {
      api: this.api,
      name: functionName,
      dataSource,
      code: new ResolverCode(bundle),
      runtime: FunctionRuntime.JS_1_0_0,
    });
  }

  private addResolver(
    field: string,
    bundle: MappedCode,
    route: Route,
    sources: Record<DataSourceName, BaseDataSource>,
    steps: Map<string, AppsyncFunction>,
  ): void {
    const [typeName, fieldName] = field.split('.') as [string, string];
    const resolver = this.api.createResolver(`${typeName}${fieldName}Resolver`, {
      typeName,
      fieldName,
      code: new ResolverCode(bundle),
      runtime: FunctionRuntime.JS_1_0_0,
      ...('pipeline' in route
        ? { pipelineConfig: route.pipeline.map((step) => steps.get(step)!) }
        : { dataSource: sources[route.dataSource] }),
    });
    this.resolvers.set(field, resolver);
  }
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const domainOf = (scope: Construct, { name, certificateArn }: CustomDomain) => ({
  domainName: name,
  certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
});
