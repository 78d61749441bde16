export {
  type Authorization,
  type AuthorizationRequest,
  type CredentialSource,
  type Signer,
  withApiKey,
  withSignature,
  withToken,
} from './authorization.ts';
export { type BackOffOptions } from './back-off.ts';
export { isCursorRefused, itemChanges, type ItemChangesOptions } from './changes.ts';
export { type WebSocketClass, type WebSocketLike } from './connection.ts';
export { ApiError, type ErrorEntry, type ErrorInfo } from './api-error.ts';
export { type ErrorCode, type ErrorCodes } from './error-codes.ts';
export { type Fetch, graphqlRequest, type RequestOptions } from './graphql-request.ts';
export {
  createLiveItems,
  type LiveItems,
  type LiveItemsListeners,
  type LiveItemsOptions,
  type LiveItemsStatus,
} from './live-items.ts';
export {
  type DateTimeRange,
  type IntFilter,
  type ItemFilter,
  type PayloadFilter,
  type StringFilter,
} from './item-inputs.ts';
export { createLiveQuery, type LiveQuery, type LiveQueryOptions, type SortKey } from './live-query.ts';
export {
  createItemsStore,
  type ItemsStore,
  type ItemsStoreOptions,
  type StoreStatus,
} from './items-store.ts';
export { type PutOutcome } from './put-outcome.ts';
export {
  createWriteQueue,
  type PendingPut,
  type PutInput,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';
export { type WriteStorage } from './write-storage.ts';
export { type LiveItemsChange } from './merge.ts';
export { type Operation } from './protocol.ts';
export { createRealtimeClient, type RealtimeClient, type RealtimeOptions } from './realtime-client.ts';
export { type Sink } from './subscription.ts';
export { type Item } from './item.ts';
export {
  type ItemChange,
  type ItemChangePage,
  type ItemChangeType,
  type LiveItemsFilter,
  type TextFilter,
} from './types.ts';
