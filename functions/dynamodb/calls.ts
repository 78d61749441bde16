import { environment } from '../aws/environment.ts';
import { type Service, signedPost } from '../aws/signed-post.ts';
import { errorOf } from './dynamodb-error.ts';
import { retries } from './retries.ts';

/** Where DynamoDB is, `https://dynamodb.eu-central-1.amazonaws.com`, and who asks. */
export type DynamoDbOptions = Pick<Service, 'url' | 'region' | 'credentials'>;

/**
 * Runs one operation, `call('GetItem', { TableName, Key })`; input and answer are as in the API reference. Rejects with a
 * `DynamoDbError`, or with why no answer came.
 */
export type Call = (operation: string, input: object) => Promise<unknown>;

const CONNECT_MS = 1000;
const ANSWER_MS = 3000;

/**
 * DynamoDB's JSON protocol by the AWS SDK's signer, HTTP client and retries, without the rest of it: what a client for all
 * operations loads, and does at its first call, is most of a cold start (docs/adr/0021).
 */
export function dynamoDbCalls(options: DynamoDbOptions): Call {
  const post = signedPost({ ...options, name: 'dynamodb', connectMs: CONNECT_MS, answerMs: ANSWER_MS });
  const retried = retries();
  return (operation, input) => {
    const body = JSON.stringify(input);
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    };
    return retried(async () => {
      const answer = await post(headers, body);
      if (answer.status !== 200) {
        throw errorOf(answer);
      }
      return JSON.parse(answer.body) as unknown;
    });
  };
}

/**
 * DynamoDB as the Lambda function's environment has it. The variable is the AWS SDK's own, and set by the template.
 *
 * @throws Error without AWS_ENDPOINT_URL_DYNAMODB or AWS_REGION
 */
export const environmentOptions = (): DynamoDbOptions => ({
  url: new URL(environment('AWS_ENDPOINT_URL_DYNAMODB', 'the URL of DynamoDB')),
  region: environment('AWS_REGION', 'the region of the tables'),
});
