export { useItem } from './use-item.ts';
export { type LiveItemsResult, useLiveItems } from './use-live-items.ts';
export { type PutItemState, usePutItem } from './use-put-item.ts';
