import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

/**
 * How long a Lambda function waits for DynamoDB. Three attempts and these time-outs (milliseconds) end a call to a table that
 * does not answer within about ten seconds; the SDK's defaults are four attempts and no time-out.
 */
const PATIENCE = {
  maxAttempts: 3,
  requestHandler: {
    /** Until a new connection is there. */
    connectionTimeout: 1000,
    /** Until an answer begins. */
    requestTimeout: 3000,
    throwOnRequestTimeout: true,
    /** Between two parts of an answer. */
    socketTimeout: 3000,
  },
} satisfies DynamoDBClientConfig;

/**
 * The AWS SDK's client, to be made once per environment: it keeps its connections. Region, endpoint and credentials are
 * whatever the SDK finds in the environment.
 *
 * @param config settings that take precedence, for tests
 */
export function createDynamoDbClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({ ...PATIENCE, ...config });
}
