import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { apiKeyExpiry } from './api-key-expiry.ts';
import { ChangeFeed } from './change-feed.ts';
import { ItemsApi } from './items-api.ts';
import { ItemsData } from './items-data.ts';
import { kindHashes } from './kind-hashes.ts';
import { lambdaSourceFunctions } from './lambda-sources.ts';
import type { Stage } from './stage.ts';
import { Users } from './users.ts';

/** The whole backend: tables, users, the Lambda functions of fields, the GraphQL API and the feed of changes. */
export class ItemsStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage, props?: StackProps) {
    super(scope, id, {
      stackName: stage.stackName,
      description: 'A GraphQL backend for items on AWS AppSync.',
      terminationProtection: stage.production,
      ...props,
    });
    this.templateOptions.metadata = { kinds: kindHashes() };
    const { production, architecture, apiKeyName } = stage;
    const apiKeyExpires = apiKeyExpiry();
    const data = new ItemsData(this, 'Data', { production });
    const users = new Users(this, 'Users', {
      production,
      stackName: stage.stackName,
      signInUrls: stage.signInUrls,
    });
    const lambdas = lambdaSourceFunctions(this, { production, architecture, data });
    const { api, realtimeUrl } = new ItemsApi(this, 'ItemsApi', {
      name: stage.stackName,
      production,
      data,
      userPool: users.userPool,
      lambdas,
      apiKeyExpires,
      ...(apiKeyName !== undefined && { apiKeyName }),
    });
    new ChangeFeed(this, 'ChangeFeed', { production, architecture, data, api }); // part: change-feed
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
    }
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
