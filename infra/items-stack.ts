import { Annotations, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { apiKeyExpiry } from './api-key-expiry.ts';
import { ChangeFeed } from './change-feed.ts';
import { ItemsApi } from './items-api.ts';
import { ItemsData } from './items-data.ts';
import { kindHashes } from './kind-hashes.ts';
import { lambdaSourceFunctions, type LambdaSourceFunctions } from './lambda-sources.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { MonthlyBackups } from './monthly-backups.ts';
import type { Stage } from './stage.ts';
import type { TypeScriptFunction } from './typescript-function.ts';
import { Users } from './users.ts';
import { WebAcl } from './web-acl.ts';

/** The parts that are watched. */
interface Parts {
  api: GraphqlApi;
  data: ItemsData;
  lambdas: LambdaSourceFunctions;
  feed: ChangeFeed; // part: change-feed
  apiKeyExpires: Date;
}

/** The whole backend: tables, users, the Lambda functions of fields, the GraphQL API and the feed of changes. */
export class ItemsStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage, props?: StackProps) {
    super(scope, id, {
      stackName: stage.stackName,
      description: 'A GraphQL backend for items on AWS AppSync.',
      terminationProtection: stage.production,
      tags: { application: stage.application, stage: stage.stage, stack: stage.stackName },
      ...props,
    });
    this.templateOptions.metadata = { kinds: kindHashes() }; // part: validated-items
    const { stackName, production, architecture, limits, apiKeyName, domain } = stage;
    const apiKeyExpires = apiKeyExpiry();
    const data = new ItemsData(this, 'Data', { production, limits });
    const users = new Users(this, 'Users', {
      production,
      stackName,
      signInUrls: stage.signInUrls,
    });
    const lambdas = lambdaSourceFunctions(this, { production, limits, architecture, data });
    const itemsApi = new ItemsApi(this, 'ItemsApi', {
      name: stackName,
      production,
      limits,
      resolverMetrics: stage.resolverMetrics,
      data,
      userPool: users.userPool,
      lambdas,
      apiKeyExpires,
      ...(apiKeyName !== undefined && { apiKeyName }),
      ...(domain && { domain }),
    });
    const { api, realtimeUrl } = itemsApi;
    // part: change-feed
    const reader = itemsApi.resolvers.get('Query.itemChanges')!;
    const feed = new ChangeFeed(this, 'ChangeFeed', { production, architecture, data, api, reader });
    // end: change-feed
    if (stage.requestsPerAddress !== undefined) {
      new WebAcl(this, 'WebAcl', { stackName, api, requestsPerAddress: stage.requestsPerAddress });
    }
    if (stage.backupMonths !== undefined) {
      const tables = Object.values(data.tables);
      new MonthlyBackups(this, 'MonthlyBackups', { production, tables, months: stage.backupMonths });
    }
    if (production || stage.recipient) {
      this.watch(stage, {
        api,
        data,
        lambdas,
        feed, // part: change-feed
        apiKeyExpires: apiKeyExpires.date,
      });
    }
    this.output('GraphQLUrl', api.graphqlUrl, 'GraphQL endpoint');
    this.output('RealtimeUrl', realtimeUrl, 'Real-time endpoint of subscriptions');
    this.output('ApiId', api.apiId, 'For `aws appsync list-api-keys --api-id`');
    this.output(
      'ApiKeyExpires',
      apiKeyExpires.date.toISOString(),
      'Deploy before then, which renews the API key',
    );
    this.output('UserPoolId', users.userPool.userPoolId, 'Cognito user pool');
    this.output('UserPoolClientId', users.client.userPoolClientId, 'Cognito client for front ends');
    if (users.domain) {
      this.output('SignInUrl', users.domain.baseUrl(), 'Domain of the sign-in page');
      this.output('SignInReturnUrls', stage.signInUrls.join(','), 'Where the sign-in page may send users');
    }
    if (domain) {
      this.output('DomainUrl', `https://${domain.name}/graphql`, 'GraphQL endpoint under its own name');
      this.output('DomainTarget', api.appSyncDomainName, `Where a CNAME or alias of ${domain.name} points`);
    }
  }

  /** In a stage of development that tells nobody, alarms and a dashboard would only cost. */
  private watch({ stackName, recipient, budget }: Stage, parts: Parts): void {
    new Monitoring(this, 'Monitoring', {
      stackName,
      apiKeyExpires: parts.apiKeyExpires,
      api: parts.api,
      tables: parts.data.tables,
      functions: {
        ...functionsOf(parts.lambdas),
        PublishItemChange: parts.feed.publisher, // part: change-feed
      },
      // part: change-feed
      publisher: parts.feed.publisher,
      deadLetters: parts.feed.deadLetters,
      // end: change-feed
      ...(recipient && { recipient }),
      ...(budget !== undefined && { budget }),
    });
    if (!recipient) {
      Annotations.of(this).addInfo(
        `Alarms of ${stackName} have no recipient: pass -c alarmEmail=… or -c alarmTopic=…, or put one into cdk.json (docs/operations.md, "Settings").`,
      );
    }
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}

const functionsOf = (lambdas: LambdaSourceFunctions): Record<string, LambdaFunction> =>
  Object.fromEntries(
    Object.entries<TypeScriptFunction>(lambdas).map(([name, lambda]) => [name, lambda.function]),
  );
