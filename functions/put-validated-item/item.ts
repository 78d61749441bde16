/** An item as the items table keeps it; absent optional attributes are left out, never NULL. */
export interface StoredItem {
  id: string;
  kind?: string;
  payload?: unknown;
  version: number;
  owner?: string;
  /** ISO 8601 in UTC with milliseconds. */
  createdAt: string;
  /** ISO 8601 in UTC with milliseconds. */
  updatedAt: string;
  /** Epoch seconds; from then on the item is gone for everybody, whether or not DynamoDB has removed it. */
  expiresAt?: number;
  /** Keys of the constraints table this item holds; never leaves the Lambda function. */
  claims?: string[];
  /** Ids of the items this one keeps from being deleted, each counted there; never leaves the Lambda function. */
  references?: string[];
  /** Some item refers, or once referred, to this one: a delete must look how many do. */
  referenced?: true;
}

/** An item as the API answers it: the `Item` type of the schema. */
export interface Item {
  id: string;
  kind: string | null;
  payload: unknown;
  version: number;
  owner: string | null;
  createdAt: string;
  updatedAt: string;
  expiresAt: number | null;
}

export const epochSeconds = (now: number): number => Math.floor(now / 1000);

/** `now` in epoch milliseconds. */
export const isLive = ({ expiresAt }: StoredItem, now: number): boolean =>
  expiresAt === undefined || expiresAt > epochSeconds(now);

export const toItem = ({
  id,
  kind,
  payload,
  version,
  owner,
  createdAt,
  updatedAt,
  expiresAt,
}: StoredItem): Item => ({
  id,
  kind: kind ?? null,
  payload: payload ?? null,
  version,
  owner: owner ?? null,
  createdAt,
  updatedAt,
  expiresAt: expiresAt ?? null,
});
