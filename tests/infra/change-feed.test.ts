import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readable, type Resource, resources } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const { template, outdir } = synthesize();
const mapping = named('AWS::Lambda::EventSourceMapping', 'ChangeFeedItemsStream');
const lambda = named('AWS::Lambda::Function', 'ChangeFeedPublishItemChangeFunction').Properties;

function named(type: string, id: string): Resource {
  const found = resources(template, type).get(id);
  if (!found) {
    throw new Error(`no ${type} ${id}`);
  }
  return found;
}

test('the stream of the items table drives the publisher, from the oldest record on', () => {
  const { EventSourceArn, FunctionName, ...rest } = mapping.Properties;

  expect(readable(EventSourceArn)).toBe('DataItems.StreamArn');
  expect(readable(FunctionName)).toBe('ChangeFeedPublishItemChangeFunction');
  expect(rest).toMatchObject({ StartingPosition: 'TRIM_HORIZON', BatchSize: 100 });
  expect(rest).not.toHaveProperty('MaximumBatchingWindowInSeconds');
});

test('what fails is cut down, comes again a few times within an hour and ends in the queue', () => {
  const { DestinationConfig, ...rest } = mapping.Properties;

  expect(rest).toMatchObject({
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 5,
    MaximumRecordAgeInSeconds: 3600,
  });
  expect(readable(DestinationConfig.OnFailure.Destination)).toBe('ChangeFeedDeadLetters.Arn');
});

test('the mapping waits for the role that may read the stream', () => {
  const { DependsOn } = mapping as unknown as { DependsOn: string[] };

  expect(DependsOn.some((id) => id.startsWith('ChangeFeedPublishItemChangeRoleDefaultPolicy'))).toBe(true);
});

test('a deployment updates what reads the log before what writes it', () => {
  const publisher = named('AWS::Lambda::Function', 'ChangeFeedPublishItemChangeFunction');
  const { DependsOn } = publisher as unknown as { DependsOn: string[] };

  expect(DependsOn.some((id) => id.startsWith('ItemsApiQueryitemChangesResolver'))).toBe(true);
});

test('the queue keeps two weeks, encrypted, and takes nothing in the clear', () => {
  const { Properties } = named('AWS::SQS::Queue', 'ChangeFeedDeadLetters');
  const policy = named('AWS::SQS::QueuePolicy', 'ChangeFeedDeadLettersPolicy').Properties.PolicyDocument;

  expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600, SqsManagedSseEnabled: true });
  expect(JSON.stringify(policy)).toContain('"aws:SecureTransport":"false"');
});

test('the publisher knows its table and its API, and has half a minute', () => {
  const variables = Object.entries(lambda.Environment.Variables).map(([name, value]) => [
    name,
    readable(value),
  ]);

  expect(Object.fromEntries(variables)).toEqual({
    CHANGES_TABLE: 'DataChanges',
    GRAPHQL_URL: 'ItemsApi.GraphQLUrl',
  });
  expect(lambda).toMatchObject({ Timeout: 30, MemorySize: 512, Handler: 'handler.handler' });
});

test('its bundle stays small: of the AWS SDK it has the client for DynamoDB and two of its operations', () => {
  const modules = readdirSync(outdir)
    .map((name) => join(outdir, name, 'handler.js'))
    .filter((path) => existsSync(path) && readFileSync(path, 'utf8').includes('publishItemChange'));

  expect(modules).toHaveLength(1);
  expect(statSync(modules[0]!).size).toBeLessThan(205_000);
});
