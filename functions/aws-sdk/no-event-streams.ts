/**
 * Stands for `@smithy/core/event-streams` in a bundle. The SDK asks for it when an operation streams events, and DynamoDB
 * has no such operation.
 */
export function eventStreamSerdeProvider(): never {
  throw new Error('event streams are left out of this bundle: see infra/bundle-function.ts');
}

export const EventStreamSerde = eventStreamSerdeProvider;
