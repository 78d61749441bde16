import { type Item, type StoredItem, toItem } from '../../model/item.ts';
import { busy, type Refusal, throttled } from '../../model/refusals.ts';

/** A refusal as data, in the form of a field's error: the resolver raises it with `util.error`. An exception is a bug of ours. */
export interface RefusalAnswer {
  error: {
    errorType: Refusal['type'];
    message: string;
    /** Conflict: the item in the way, when the caller may read it. */
    data: Item | null;
    errorInfo: Refusal['info'];
  };
}

export type PutAnswer = { item: Item } | RefusalAnswer;

export interface KindsAnswer {
  kinds: readonly { kind: string; schema: Readonly<Record<string, unknown>> }[];
}

/** An item leaves the Lambda function only in the form of the API's answers. */
export const refused = ({ type, message, info, data }: Refusal): RefusalAnswer => ({
  error: { errorType: type, message, errorInfo: info, data: data && toItem(data as StoredItem) },
});

/** Half a second and up to one more, so that callers refused together do not return together. */
const later = (refusal: Refusal): Refusal => ({
  ...refusal,
  info: { ...refusal.info, retryAfterMs: Math.round(500 + Math.random() * 1000) },
});

export const throttledForNow = (): Refusal => later(throttled());
export const busyForNow = (): Refusal => later(busy());
