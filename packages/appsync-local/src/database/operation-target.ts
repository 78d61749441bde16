const STREAM_OPERATIONS = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams']);

/** The `x-amz-target` of an operation: `DynamoDB_20120810.GetItem`. */
export function targetOf(operation: string): string {
  const service = STREAM_OPERATIONS.has(operation) ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810';
  return `${service}.${operation}`;
}
