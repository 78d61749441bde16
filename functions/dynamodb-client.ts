import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { SILENT_LOGGER } from './silent-logger.ts';

/**
 * How long a Lambda function waits for DynamoDB. Three attempts with these time-outs (milliseconds) end a call to a table that
 * does not respond within about ten seconds; the SDK's defaults are four attempts and no time-out.
 */
const PATIENCE = {
  maxAttempts: 3,
  requestHandler: {
    /** Until a new connection is open. */
    connectionTimeout: 1000,
    /** Until a response begins. */
    requestTimeout: 3000,
    throwOnRequestTimeout: true,
    /** Between two parts of a response. */
    socketTimeout: 3000,
  },
} satisfies DynamoDBClientConfig;

/**
 * Creates the AWS SDK's client; call it once per environment, because it keeps its connections. The SDK finds region, endpoint
 * and credentials in the environment.
 *
 * @param config settings that take precedence, for tests
 */
export function createDynamoDbClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({ ...PATIENCE, logger: SILENT_LOGGER, ...config });
}
