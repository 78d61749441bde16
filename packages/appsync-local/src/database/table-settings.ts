import type { TableModel } from '../template/app-model.ts';
import type { DynamoDbClient } from './dynamodb-client.ts';
import type { TableDescription } from './table-shape.ts';

/** Turns a table's stream on or off; a stream with another view must be turned off first (API reference, StreamSpecification). */
export async function setStream(
  client: DynamoDbClient,
  { tableName, streamViewType }: TableModel,
  { StreamSpecification }: TableDescription,
): Promise<void> {
  const current = StreamSpecification?.StreamEnabled ? StreamSpecification.StreamViewType : undefined;
  if (current === streamViewType) {
    return;
  }
  const update = (stream: object): Promise<unknown> =>
    client.call('UpdateTable', { TableName: tableName, StreamSpecification: stream });
  if (current) {
    await update({ StreamEnabled: false });
  }
  if (streamViewType) {
    await update({ StreamEnabled: true, StreamViewType: streamViewType });
  }
}

interface TimeToLive {
  TimeToLiveDescription: { TimeToLiveStatus: string; AttributeName?: string };
}

/** Sets the attribute that holds each item's time to live; another one must be turned off first. */
export async function setTimeToLive(
  client: DynamoDbClient,
  { tableName, timeToLiveAttribute }: TableModel,
): Promise<void> {
  const { TimeToLiveDescription: live } = await client.call<TimeToLive>('DescribeTimeToLive', {
    TableName: tableName,
  });
  const current = live.TimeToLiveStatus.startsWith('ENABL') ? live.AttributeName : undefined;
  if (current === timeToLiveAttribute) {
    return;
  }
  const update = (AttributeName: string, Enabled: boolean): Promise<unknown> =>
    client.call('UpdateTimeToLive', {
      TableName: tableName,
      TimeToLiveSpecification: { AttributeName, Enabled },
    });
  if (current) {
    await update(current, false);
  }
  if (timeToLiveAttribute) {
    await update(timeToLiveAttribute, true);
  }
}
