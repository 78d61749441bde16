import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { GraphqlApi, Resolver } from 'aws-cdk-lib/aws-appsync';
import {
  type Architecture,
  EventSourceMapping,
  type Function as LambdaFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import type { ItemsData } from './items-data.ts';
import { TypeScriptFunction } from './typescript-function.ts';

export interface ChangeFeedProps {
  /** The queue and the logs stay after the stack is deleted. */
  production: boolean;
  architecture: Architecture;
  data: ItemsData;
  api: GraphqlApi;
  /** Reads the log. */
  reader: Resolver;
}

/** SQS keeps a message 14 days at most (Developer Guide, "Amazon SQS message quotas"). */
const LONGEST_RETENTION = Duration.days(14);

/**
 * Publishes every change of an item to subscribers and to the log: the stream of the items table invokes a Lambda function that
 * appends to the table of changes and calls `publishItemChange` (docs/change-feed.md). What it cannot publish goes to a queue,
 * which is watched.
 */
export class ChangeFeed extends Construct {
  /** Receives the places of records that could not be published. */
  readonly deadLetters: Queue;
  readonly publisher: LambdaFunction;

  constructor(scope: Construct, id: string, props: ChangeFeedProps) {
    super(scope, id);
    this.deadLetters = this.deadLetterQueue(props.production);
    const publisher = this.createPublisher(props);
    this.publisher = publisher.function;
    this.followStream(publisher, props.data, this.deadLetters);
  }

  private deadLetterQueue(production: boolean): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: LONGEST_RETENTION,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const reason = 'This is a dead-letter queue itself: an event source mapping sends to it, no other queue.';
    Validations.of(queue).acknowledge(
      { id: 'AwsSolutions::AwsSolutions-SQS3', reason },
      { id: 'Serverless::Serverless-SQSRedrivePolicy', reason },
    );
    return queue;
  }

  private createPublisher({
    production,
    architecture,
    data,
    api,
    reader,
  }: ChangeFeedProps): TypeScriptFunction {
    const lambda = new TypeScriptFunction(this, 'PublishItemChange', {
      folder: 'publish-item-change',
      production,
      architecture,
      environment: { CHANGES_TABLE: data.changes.tableName, GRAPHQL_URL: api.graphqlUrl },
      timeout: Duration.seconds(30),
      memorySize: 512,
    });
    // A deployment updates the reader of the log first, so that it never meets a form of rows that it does not know.
    lambda.function.node.addDependency(reader);
    allow(
      lambda.role,
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      data.changes.tableArn,
    );
    allow(lambda.role, ['appsync:GraphQL'], `${api.arn}/types/Mutation/fields/publishItemChange`);
    return lambda;
  }

  /**
   * Starts at the oldest record: a mapping takes minutes to start, and with LATEST everything written until then would be lost
   * (Lambda Developer Guide, "Polling and batching streams"). When the mapping is recreated, at most 24 hours of changes are
   * published again, with the same `order`.
   *
   * A batch that fails is retried five times, at growing intervals, cut down to the failing record, and dropped after an hour:
   * a record that cannot be published holds up its shard for minutes, not for the day that the stream keeps it.
   */
  private followStream(lambda: TypeScriptFunction, { items }: ItemsData, deadLetters: Queue): void {
    const streamArn = items.tableStreamArn!;
    allow(
      lambda.role,
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      streamArn,
    );
    // This action has no resource-level permissions; the asterisk is acknowledged in TypeScriptFunction.
    allow(lambda.role, ['dynamodb:ListStreams'], '*');
    allow(lambda.role, ['sqs:SendMessage'], deadLetters.queueArn);
    const mapping = new EventSourceMapping(this, 'ItemsStream', {
      target: lambda.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 5,
      maxRecordAge: Duration.hours(1),
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    });
    // Lambda checks that the role may read the stream when the mapping is created.
    mapping.node.addDependency(lambda.role);
  }
}
