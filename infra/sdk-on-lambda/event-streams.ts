/**
 * Replaces `@smithy/core/event-streams` in the bundle of a Lambda function. The SDK loads it for operations that stream events;
 * DynamoDB has none.
 *
 * @throws Error whenever it is called
 */
export function eventStreamSerdeProvider(): never {
  throw new Error('this bundle has no event streams: infra/bundle-function.ts leaves them out');
}

export const EventStreamSerde = eventStreamSerdeProvider;
