#!/usr/bin/env node
import * as path from 'node:path';
import * as cdk from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import * as logs from 'aws-cdk-lib/aws-logs';

const dir = import.meta.dirname;
const app = new cdk.App();

const dataStack = new cdk.Stack(app, 'shop-data');
const table = new dynamodb.TableV2(dataStack, 'Table', {
  partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
});

const lambdaStack = new cdk.Stack(app, 'shop-functions');
const products = new lambda.Function(lambdaStack, 'Products', {
  runtime: lambda.Runtime.NODEJS_22_X,
  architecture: lambda.Architecture.ARM_64,
  handler: 'index.handler',
  code: lambda.Code.fromAsset(path.join(dir, 'products')),
  environment: { TABLE: table.tableName },
  timeout: cdk.Duration.seconds(10),
  memorySize: 256,
  logRetention: logs.RetentionDays.ONE_WEEK,
});
const reviews = new NodejsFunction(lambdaStack, 'Reviews', {
  runtime: lambda.Runtime.NODEJS_22_X,
  entry: path.join(dir, 'reviews', 'handler.ts'),
  environment: { TABLE_NAME: table.tableName },
  timeout: cdk.Duration.seconds(10),
  memorySize: 256,
});
table.grantReadWriteData(products);
table.grantReadWriteData(reviews);

const apiStack = new cdk.Stack(app, 'shop-api');
const shop = new appsync.GraphqlApi(apiStack, 'Shop', {
  name: 'shop',
  definition: appsync.Definition.fromFile(path.join(dir, 'schema.graphql')),
});
function direct(api: appsync.GraphqlApi, fn: lambda.IFunction, name: string, ...fields: string[]) {
  const source = api.addLambdaDataSource(name, fn);
  for (const field of fields) {
    const [typeName = '', fieldName = ''] = field.split('.');
    source.createResolver(`${name}-${typeName}-${fieldName}`, { typeName, fieldName });
  }
}
direct(shop, products, 'Products', 'Query.product', 'Query.products', 'Mutation.saveProduct');
direct(shop, reviews, 'Reviews', 'Product.reviews', 'Product.rating', 'Mutation.review');

const popularity = new lambda.Function(lambdaStack, 'Popularity', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  code: lambda.Code.fromInline(
    `exports.handler = async (events) => events.map(({ source: { sku } }) => sku === 'secret'
       ? { errorMessage: 'not for sale', errorType: 'Secret' }
       : { data: { sku, askedTogether: events.length } });`,
  ),
});
shop.addLambdaDataSource('Popularity', popularity).createResolver('ProductPopularity', {
  typeName: 'Product',
  fieldName: 'popularity',
  maxBatchSize: 10,
});

const admin = new appsync.GraphqlApi(apiStack, 'Admin', {
  name: 'shop-admin',
  definition: appsync.Definition.fromFile(path.join(dir, 'admin.graphql')),
  authorizationConfig: { defaultAuthorization: { authorizationType: appsync.AuthorizationType.IAM } },
});
direct(admin, products, 'Products', 'Query.stock', 'Mutation.discontinue');

app.synth();
