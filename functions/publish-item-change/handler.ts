import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { createDynamoDbClient } from '../dynamodb-client.ts';
import { environment } from '../environment.ts';
import { changeLog } from './change-log.ts';
import { signedSend } from './graphql-request.ts';
import { logBatch, logFailure, logGap } from './log.ts';
import { batchPublisher } from './publish-batch.ts';
import { lessIfRefused } from './publish-less.ts';
import { publisher } from './publish.ts';

/** Created once per environment. */
const client = createDynamoDbClient();

const publishBatch = batchPublisher(
  changeLog(client, environment('CHANGES_TABLE', "the table's name")),
  lessIfRefused(
    publisher(
      signedSend(new URL(environment('GRAPHQL_URL', 'the URL of the GraphQL endpoint')), client.config),
    ),
  ),
);

/** A request starts only while at least this much time is left: its time-out and pauses. */
const RESERVE_MS = 8000;

/** The Lambda function: publishes the records of the items table's stream. */
export async function handler(
  event: DynamoDBStreamEvent,
  context: { awsRequestId: string; getRemainingTimeInMillis(): number },
): Promise<DynamoDBBatchResponse> {
  const started = Date.now();
  const { reports, failures, gaps } = await publishBatch(
    event.Records,
    () => context.getRemainingTimeInMillis() < RESERVE_MS,
  );
  for (const [sequenceNumber, reason] of failures) {
    logFailure(sequenceNumber, reason, context.awsRequestId);
  }
  for (const [sequenceNumber, reason] of gaps) {
    logGap(sequenceNumber, reason, context.awsRequestId);
  }
  logBatch(
    {
      records: event.Records.length,
      changes: reports.length,
      omitted: reports.filter(({ input }) => input.payloadOmitted).length,
      gaps: gaps.size,
      failures: failures.size,
      durationMs: Date.now() - started,
    },
    context.awsRequestId,
  );
  return { batchItemFailures: [...failures.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}
