export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  AWSDate: { input: string; output: string; }
  AWSDateTime: { input: string; output: string; }
  AWSEmail: { input: string; output: string; }
  AWSIPAddress: { input: string; output: string; }
  AWSJSON: { input: unknown; output: unknown; }
  AWSPhone: { input: string; output: string; }
  AWSTime: { input: string; output: string; }
  AWSTimestamp: { input: number; output: number; }
  AWSURL: { input: string; output: string; }
};

/** Values of at most 256 characters. */
export type ChangeTextFilterInput = {
  beginsWith?: InputMaybe<Scalars['String']['input']>;
  eq?: InputMaybe<Scalars['String']['input']>;
  /** One of at most 5 values. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** True where there is no value, too. */
  ne?: InputMaybe<Scalars['String']['input']>;
};

/** An item inside a change; its members are those of Item. */
export type ChangedItemInput = {
  createdAt: Scalars['AWSDateTime']['input'];
  expiresAt?: InputMaybe<Scalars['AWSTimestamp']['input']>;
  id: Scalars['ID']['input'];
  kind?: InputMaybe<Scalars['String']['input']>;
  owner?: InputMaybe<Scalars['String']['input']>;
  payload?: InputMaybe<Scalars['AWSJSON']['input']>;
  updatedAt: Scalars['AWSDateTime']['input'];
  version: Scalars['Int']['input'];
};

/** Bounds on a time, as fine as they like; all that are given must hold. */
export type DateTimeRangeInput = {
  ge?: InputMaybe<Scalars['AWSDateTime']['input']>;
  gt?: InputMaybe<Scalars['AWSDateTime']['input']>;
  le?: InputMaybe<Scalars['AWSDateTime']['input']>;
  lt?: InputMaybe<Scalars['AWSDateTime']['input']>;
};

export type DeleteItemInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};

export type IntFilterInput = {
  /** Two bounds, both included. */
  between?: InputMaybe<Array<Scalars['Int']['input']>>;
  eq?: InputMaybe<Scalars['Int']['input']>;
  ge?: InputMaybe<Scalars['Int']['input']>;
  gt?: InputMaybe<Scalars['Int']['input']>;
  /** One of at most 100 values. */
  in?: InputMaybe<Array<Scalars['Int']['input']>>;
  le?: InputMaybe<Scalars['Int']['input']>;
  lt?: InputMaybe<Scalars['Int']['input']>;
  ne?: InputMaybe<Scalars['Int']['input']>;
};

/** An item: an id, any JSON value, and what the backend keeps about it. */
export type Item = {
  /** When the item was created; a replace does not move it. */
  createdAt: Scalars['AWSDateTime']['output'];
  /** Epoch seconds after which the item is gone. */
  expiresAt?: Maybe<Scalars['AWSTimestamp']['output']>;
  /** Chosen by the writer, up to 2,048 bytes of UTF-8. */
  id: Scalars['ID']['output'];
  /** Set on validated items only: the rules this item keeps. */
  kind?: Maybe<Scalars['String']['output']>;
  /** The user it belongs to; null for an item that belongs to nobody. */
  owner?: Maybe<Scalars['String']['output']>;
  /** Any JSON value; null when none was given. */
  payload?: Maybe<Scalars['AWSJSON']['output']>;
  /** When the item was last written. */
  updatedAt: Scalars['AWSDateTime']['output'];
  /** 1 for a new item, one more with every write. */
  version: Scalars['Int']['output'];
};

/** What happened to an item, whoever did it. An item that changes hands is DELETED for its old owner and CREATED for the new one. */
export type ItemChange = {
  /** When it happened, to the second. */
  at: Scalars['AWSDateTime']['output'];
  id: Scalars['ID']['output'];
  /** The item as it is after the change; null for DELETED and EXPIRED, and for what the API could not answer as an item. */
  item?: Maybe<Item>;
  kind?: Maybe<Scalars['String']['output']>;
  /** Changes of one item in order: compared as text, a later change has the greater order, a repeat the same one. */
  order: Scalars['String']['output'];
  /** Whose change it is: the item's owner, empty where it belongs to nobody. */
  owner: Scalars['String']['output'];
  /**
   * True where item and previous come without their payloads: the change would be too large for a subscriber, the item has expired, or it is none that
   * the API could answer.
   */
  payloadOmitted: Scalars['Boolean']['output'];
  /** The item as it was before; null for CREATED, and for what the API could not answer as an item. */
  previous?: Maybe<Item>;
  type: ItemChangeType;
  /** Version of the item after the change; of a DELETED or EXPIRED item its last one. */
  version: Scalars['Int']['output'];
};

/**
 * Conditions on the changes to deliver; all given conditions must match. Each member takes one operator. AppSync compares alternatives one
 * by one: the numbers of values of all `in` multiplied are at most 10.
 */
export type ItemChangeFilterInput = {
  id?: InputMaybe<ChangeTextFilterInput>;
  kind?: InputMaybe<ChangeTextFilterInput>;
  type?: InputMaybe<ItemChangeTypeFilterInput>;
};

/** What the change publisher reports; its members are those of ItemChange. */
export type ItemChangeInput = {
  at: Scalars['AWSDateTime']['input'];
  id: Scalars['ID']['input'];
  item?: InputMaybe<ChangedItemInput>;
  kind?: InputMaybe<Scalars['String']['input']>;
  order: Scalars['String']['input'];
  owner: Scalars['String']['input'];
  payloadOmitted: Scalars['Boolean']['input'];
  previous?: InputMaybe<ChangedItemInput>;
  type: ItemChangeType;
  version: Scalars['Int']['input'];
};

/** Some of what happened after a cursor. */
export type ItemChangePage = {
  /** In the order of the log; a page that is not full may still be followed by others. */
  changes: Array<ItemChange>;
  /** Pass it on as `since` to read what comes after this page, now or within 7 days. */
  cursor: Scalars['String']['output'];
  /** False when there was nothing behind this page at the time; when true there may have been. */
  hasMore: Scalars['Boolean']['output'];
};

export type ItemChangeType =
  | 'CREATED'
  | 'DELETED'
  /** Removed because its `expiresAt` has passed. */
  | 'EXPIRED'
  | 'UPDATED';

export type ItemChangeTypeFilterInput = {
  eq?: InputMaybe<ItemChangeType>;
  in?: InputMaybe<Array<ItemChangeType>>;
  ne?: InputMaybe<ItemChangeType>;
};

/** One page of items. */
export type ItemConnection = {
  items: Array<Item>;
  /** Pass it on to read the next page; null exactly when there is nothing more. */
  nextToken?: Maybe<Scalars['String']['output']>;
};

/** All members that are given must hold; null is as good as absent. */
export type ItemFilterInput = {
  and?: InputMaybe<Array<ItemFilterInput>>;
  createdAt?: InputMaybe<DateTimeRangeInput>;
  kind?: InputMaybe<StringFilterInput>;
  not?: InputMaybe<ItemFilterInput>;
  or?: InputMaybe<Array<ItemFilterInput>>;
  payload?: InputMaybe<Array<PayloadFilterInput>>;
  updatedAt?: InputMaybe<DateTimeRangeInput>;
  version?: InputMaybe<IntFilterInput>;
};

/** A registered kind of validated items. */
export type ItemKind = {
  kind: Scalars['String']['output'];
  /** JSON Schema 2020-12 that a payload of this kind must meet. */
  schema: Scalars['AWSJSON']['output'];
};

export type Mutation = {
  /** Deletes an item and answers it; null if there was none. */
  deleteItem?: Maybe<Item>;
  /** Only for the change publisher: publishes a change to subscribers of onItemChange. */
  publishItemChange?: Maybe<ItemChange>;
  /** Creates or replaces an item in one atomic write. */
  putItem?: Maybe<Item>;
  /** Creates or replaces up to 99 items in one transaction: all of them or none. */
  putItems?: Maybe<PutItemsResult>;
  /** Creates or replaces an item whose payload meets the rules of its kind. */
  putValidatedItem?: Maybe<Item>;
  /** Merges into an existing item in one conditional write. */
  updateItem?: Maybe<Item>;
};


export type MutationDeleteItemArgs = {
  input: DeleteItemInput;
};


export type MutationPublishItemChangeArgs = {
  input: ItemChangeInput;
};


export type MutationPutItemArgs = {
  input: PutItemInput;
};


export type MutationPutItemsArgs = {
  input: PutItemsInput;
};


export type MutationPutValidatedItemArgs = {
  input: PutValidatedItemInput;
};


export type MutationUpdateItemArgs = {
  input: UpdateItemInput;
};

/**
 * A condition on a value inside the payload. Operands are JSON and compare with values of their own type only: a number as a
 * number, a text as a text. All that are given must hold.
 */
export type PayloadFilterInput = {
  beginsWith?: InputMaybe<Scalars['AWSJSON']['input']>;
  /** Two bounds, both included. */
  between?: InputMaybe<Array<Scalars['AWSJSON']['input']>>;
  /** Part of a text, or an element of a list. */
  contains?: InputMaybe<Scalars['AWSJSON']['input']>;
  eq?: InputMaybe<Scalars['AWSJSON']['input']>;
  /** Whether there is such a value; null is one. */
  exists?: InputMaybe<Scalars['Boolean']['input']>;
  ge?: InputMaybe<Scalars['AWSJSON']['input']>;
  gt?: InputMaybe<Scalars['AWSJSON']['input']>;
  /** One of at most 100 values. */
  in?: InputMaybe<Array<Scalars['AWSJSON']['input']>>;
  le?: InputMaybe<Scalars['AWSJSON']['input']>;
  lt?: InputMaybe<Scalars['AWSJSON']['input']>;
  /** True where there is no such value, too. */
  ne?: InputMaybe<Scalars['AWSJSON']['input']>;
  /**
   * Member names joined by dots, with list positions in brackets: `dimensions.width`, `variants[0].sku`, `[0].sku` where the payload is a list. A name
   * that has dots or brackets of its own needs the form of a JSON Pointer (RFC 6901): `/odd.name/width`, `/variants/0/sku`. Empty for the payload
   * itself.
   */
  path: Scalars['String']['input'];
};

export type PutItemInput = {
  /** Makes a retry safe: within 10 minutes the same token with the same input answers the same and writes nothing again. */
  clientRequestToken?: InputMaybe<Scalars['String']['input']>;
  /** Absent: the last writer wins. 0: create only. n: only if the current version is n. */
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Epoch seconds after which the item is gone, up to the end of the year 9999; absent: it stays. */
  expiresAt?: InputMaybe<Scalars['AWSTimestamp']['input']>;
  id: Scalars['ID']['input'];
  /** For IAM callers and admins: whom the item is to belong to, null for nobody; absent: an existing item's owner stays. */
  owner?: InputMaybe<Scalars['String']['input']>;
  payload?: InputMaybe<Scalars['AWSJSON']['input']>;
};

export type PutItemsInput = {
  /** As in PutItemInput, for all items together. */
  clientRequestToken?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 99 items, each id once, without tokens of their own. */
  items: Array<PutItemInput>;
};

/** Answered in the order of the input. */
export type PutItemsResult = {
  items: Array<Item>;
};

export type PutValidatedItemInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  expiresAt?: InputMaybe<Scalars['AWSTimestamp']['input']>;
  id: Scalars['ID']['input'];
  kind: Scalars['String']['input'];
  /** For IAM callers and admins, as in PutItemInput. */
  owner?: InputMaybe<Scalars['String']['input']>;
  payload: Scalars['AWSJSON']['input'];
};

export type Query = {
  /** The item, or null. */
  getItem?: Maybe<Item>;
  /** Up to 100 items, of 5 MB together, in the order of the ids, with null for missing ones. */
  getItems: Array<Maybe<Item>>;
  /**
   * What happened to the items that the caller may list, oldest first: 1 to 100 changes, by default 20. `since` is the cursor of an earlier page, or a
   * time back from now such as `PT5M`, `PT2H` or `P1D`; without it, all changes of the last 7 days.
   */
  itemChanges: ItemChangePage;
  /** The kinds that putValidatedItem accepts. */
  itemKinds: Array<ItemKind>;
  /**
   * A Cognito user's own items, or all that other callers may read: in pages of 1 to 100 items, by default 20; fewer if they are large.
   * `sortDirection` orders a user's own items by the time of their last write, by default oldest first; the listing of other callers has no order and refuses it.
   */
  listItems: ItemConnection;
  /** Validated items of a kind by the time of their last write, by default oldest first. */
  listItemsByKind: ItemConnection;
};


export type QueryGetItemArgs = {
  id: Scalars['ID']['input'];
};


export type QueryGetItemsArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QueryItemChangesArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['String']['input']>;
};


export type QueryListItemsArgs = {
  filter?: InputMaybe<ItemFilterInput>;
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
  sortDirection?: InputMaybe<SortDirection>;
};


export type QueryListItemsByKindArgs = {
  filter?: InputMaybe<ItemFilterInput>;
  kind: Scalars['String']['input'];
  limit?: InputMaybe<Scalars['Int']['input']>;
  nextToken?: InputMaybe<Scalars['String']['input']>;
  sortDirection?: InputMaybe<SortDirection>;
  updatedAt?: InputMaybe<DateTimeRangeInput>;
};

export type SortDirection =
  | 'ASC'
  | 'DESC';

export type StringFilterInput = {
  beginsWith?: InputMaybe<Scalars['String']['input']>;
  eq?: InputMaybe<Scalars['String']['input']>;
  /** Whether there is a value. */
  exists?: InputMaybe<Scalars['Boolean']['input']>;
  /** One of at most 100 values. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  ne?: InputMaybe<Scalars['String']['input']>;
};

export type Subscription = {
  onDeleteItem?: Maybe<Item>;
  /** Every change of the items that the caller may list, complete, whoever made it: also bulk writes, scripts and expiry. */
  onItemChange?: Maybe<ItemChange>;
  /**
   * For Cognito users, IAM callers and admins, as are onUpdateItem and onDeleteItem: what the mutation answered, as far as it selected it. A user hears of
   * its own items where the mutation selected `owner`. An argument matches only where the mutation selected its field.
   */
  onPutItem?: Maybe<Item>;
  onUpdateItem?: Maybe<Item>;
};


export type SubscriptionOnDeleteItemArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionOnItemChangeArgs = {
  filter?: InputMaybe<ItemChangeFilterInput>;
};


export type SubscriptionOnPutItemArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};


export type SubscriptionOnUpdateItemArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<Scalars['String']['input']>;
};

export type UpdateItemInput = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** A new expiry, or null for none; absent: it stays as it is. */
  expiresAt?: InputMaybe<Scalars['AWSTimestamp']['input']>;
  id: Scalars['ID']['input'];
  /** For IAM callers and admins, as in PutItemInput. */
  owner?: InputMaybe<Scalars['String']['input']>;
  /** Merged into the payload's top-level members; null removes a member. A value that is no object replaces the payload. */
  payload?: InputMaybe<Scalars['AWSJSON']['input']>;
};
