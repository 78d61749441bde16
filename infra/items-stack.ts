import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { apiKeyExpiry } from './api-key-expiry.ts';
import { ChangeFeed } from './change-feed.ts';
import { ItemsApi } from './items-api.ts';
import { ItemsData } from './items-data.ts';
import type { Stage } from './stage.ts';
import { TypeScriptFunction } from './typescript-function.ts';
import { Users } from './users.ts';

/** The whole backend: tables, users, the validating Lambda function, the GraphQL API and the feed of changes. */
export class ItemsStack extends Stack {
  constructor(scope: Construct, id: string, stage: Stage, props?: StackProps) {
    super(scope, id, {
      stackName: stage.stackName,
      description: 'A GraphQL backend for items on AWS AppSync.',
      ...props,
    });
    const { production, architecture, apiKeyName } = stage;
    const apiKeyExpires = apiKeyExpiry();
    const data = new ItemsData(this, 'Data', { production });
    const users = new Users(this, 'Users', { production });
    const putValidatedItem = this.putValidatedItem(stage, data);
    const { api, realtimeUrl } = new ItemsApi(this, 'ItemsApi', {
      name: stage.stackName,
      production,
      data,
      userPool: users.userPool,
      putValidatedItem: putValidatedItem.function,
      apiKeyExpires,
      ...(apiKeyName !== undefined && { apiKeyName }),
    });
    new ChangeFeed(this, 'ChangeFeed', { production, architecture, data, api });
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
  }

  private putValidatedItem(stage: Stage, { items, constraints }: ItemsData): TypeScriptFunction {
    const lambda = new TypeScriptFunction(this, 'PutValidatedItem', {
      folder: 'put-validated-item',
      production: stage.production,
      architecture: stage.architecture,
      environment: { ITEMS_TABLE: items.tableName, CONSTRAINTS_TABLE: constraints.tableName },
      timeout: Duration.seconds(15),
      memorySize: 512,
    });
    allow(
      lambda.role,
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'],
      items.tableArn,
    );
    allow(
      lambda.role,
      ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
      constraints.tableArn,
    );
    return lambda;
  }

  private output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
