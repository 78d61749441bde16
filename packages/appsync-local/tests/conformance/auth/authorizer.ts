import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, type Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** `authorizer.js` as a Lambda function that is given two seconds. */
export const authorizerFunction = (stack: Stack): lambda.Function =>
  new lambda.Function(stack, 'Authorizer', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(readFileSync(join(import.meta.dirname, 'authorizer.js'), 'utf8')),
    timeout: Duration.seconds(2),
    memorySize: 512,
  });
