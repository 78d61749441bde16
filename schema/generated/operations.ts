/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Values of at most 256 characters. */
export type ChangeTextFilterInput = {
  beginsWith?: string | null | undefined;
  eq?: string | null | undefined;
  /** One of at most 5 values. */
  in?: Array<string> | null | undefined;
  /** True where there is no value, too. */
  ne?: string | null | undefined;
};

/** An item inside a change; its members are those of Item. */
export type ChangedItemInput = {
  createdAt: string;
  expiresAt?: number | null | undefined;
  id: string;
  kind?: string | null | undefined;
  owner?: string | null | undefined;
  payload?: string | null | undefined;
  updatedAt: string;
  version: number;
};

/** Bounds on a time, as fine as they like; all that are given must hold. */
export type DateTimeRangeInput = {
  ge?: string | null | undefined;
  gt?: string | null | undefined;
  le?: string | null | undefined;
  lt?: string | null | undefined;
};

export type DeleteItemInput = {
  expectedVersion?: number | null | undefined;
  id: string;
};

export type IntFilterInput = {
  /** Two bounds, both included. */
  between?: Array<number> | null | undefined;
  eq?: number | null | undefined;
  ge?: number | null | undefined;
  gt?: number | null | undefined;
  /** One of at most 100 values. */
  in?: Array<number> | null | undefined;
  le?: number | null | undefined;
  lt?: number | null | undefined;
  ne?: number | null | undefined;
};

/**
 * Conditions on the changes to deliver; all given conditions must match. Each member takes one operator. AppSync compares alternatives one
 * by one: the numbers of values of all `in` multiplied are at most 10.
 */
export type ItemChangeFilterInput = {
  id?: ChangeTextFilterInput | null | undefined;
  kind?: ChangeTextFilterInput | null | undefined;
  type?: ItemChangeTypeFilterInput | null | undefined;
};

/** What the change publisher reports; its members are those of ItemChange. */
export type ItemChangeInput = {
  at: string;
  id: string;
  item?: ChangedItemInput | null | undefined;
  kind?: string | null | undefined;
  order: string;
  owner: string;
  payloadOmitted: boolean;
  previous?: ChangedItemInput | null | undefined;
  type: ItemChangeType;
  version: number;
};

export type ItemChangeType =
  | 'CREATED'
  | 'DELETED'
  /** Removed because its `expiresAt` has passed. */
  | 'EXPIRED'
  | 'UPDATED';

export type ItemChangeTypeFilterInput = {
  eq?: ItemChangeType | null | undefined;
  in?: Array<ItemChangeType> | null | undefined;
  ne?: ItemChangeType | null | undefined;
};

/** All members that are given must hold; null is as good as absent. */
export type ItemFilterInput = {
  and?: Array<ItemFilterInput> | null | undefined;
  createdAt?: DateTimeRangeInput | null | undefined;
  kind?: StringFilterInput | null | undefined;
  not?: ItemFilterInput | null | undefined;
  or?: Array<ItemFilterInput> | null | undefined;
  payload?: Array<PayloadFilterInput> | null | undefined;
  updatedAt?: DateTimeRangeInput | null | undefined;
  version?: IntFilterInput | null | undefined;
};

/**
 * A condition on a value inside the payload. Operands are JSON and compare with values of their own type only: a number as a
 * number, a text as a text. All that are given must hold.
 */
export type PayloadFilterInput = {
  beginsWith?: string | null | undefined;
  /** Two bounds, both included. */
  between?: Array<string> | null | undefined;
  /** Part of a text, or an element of a list. */
  contains?: string | null | undefined;
  eq?: string | null | undefined;
  /** Whether there is such a value; null is one. */
  exists?: boolean | null | undefined;
  ge?: string | null | undefined;
  gt?: string | null | undefined;
  /** One of at most 100 values. */
  in?: Array<string> | null | undefined;
  le?: string | null | undefined;
  lt?: string | null | undefined;
  /** True where there is no such value, too. */
  ne?: string | null | undefined;
  /**
   * Member names joined by dots, with list positions in brackets: `dimensions.width`, `variants[0].sku`, `[0].sku` where the payload is a list. A name
   * that has dots or brackets of its own needs the form of a JSON Pointer (RFC 6901): `/odd.name/width`, `/variants/0/sku`. Empty for the payload
   * itself.
   */
  path: string;
};

export type PutItemInput = {
  /** Makes a retry safe: within 10 minutes the same token with the same input answers the same and writes nothing again. */
  clientRequestToken?: string | null | undefined;
  /** Absent: the last writer wins. 0: create only. n: only if the current version is n. */
  expectedVersion?: number | null | undefined;
  /** Epoch seconds after which the item is gone, up to the end of the year 9999; absent: it stays. */
  expiresAt?: number | null | undefined;
  id: string;
  /** For IAM callers and admins: whom the item is to belong to, null for nobody; absent: an existing item's owner stays. */
  owner?: string | null | undefined;
  payload?: string | null | undefined;
};

export type PutItemsInput = {
  /** As in PutItemInput, for all items together. */
  clientRequestToken?: string | null | undefined;
  /** 1 to 99 items, each id once, without tokens of their own. */
  items: Array<PutItemInput>;
};

export type PutValidatedItemInput = {
  expectedVersion?: number | null | undefined;
  expiresAt?: number | null | undefined;
  id: string;
  kind: string;
  /** For IAM callers and admins, as in PutItemInput. */
  owner?: string | null | undefined;
  payload: string;
};

export type SortDirection =
  | 'ASC'
  | 'DESC';

export type StringFilterInput = {
  beginsWith?: string | null | undefined;
  eq?: string | null | undefined;
  /** Whether there is a value. */
  exists?: boolean | null | undefined;
  /** One of at most 100 values. */
  in?: Array<string> | null | undefined;
  ne?: string | null | undefined;
};

export type UpdateItemInput = {
  expectedVersion?: number | null | undefined;
  /** A new expiry, or null for none; absent: it stays as it is. */
  expiresAt?: number | null | undefined;
  id: string;
  /** For IAM callers and admins, as in PutItemInput. */
  owner?: string | null | undefined;
  /** Merged into the payload's top-level members; null removes a member. A value that is no object replaces the payload. */
  payload?: string | null | undefined;
};

export type ItemFieldsFragment = { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null };

export type ItemChangeFieldsFragment = { type: ItemChangeType, id: string, kind: string | null, version: number, at: string, owner: string, order: string, payloadOmitted: boolean, item: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null, previous: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type ItemChangesQueryVariables = Exact<{
  since?: string | null | undefined;
  limit?: number | null | undefined;
}>;


export type ItemChangesQuery = { itemChanges: { cursor: string, hasMore: boolean, changes: Array<{ type: ItemChangeType, id: string, kind: string | null, version: number, at: string, owner: string, order: string, payloadOmitted: boolean, item: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null, previous: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null }> } };

export type PublishItemChangeMutationVariables = Exact<{
  input: ItemChangeInput;
}>;


export type PublishItemChangeMutation = { publishItemChange: { type: ItemChangeType, id: string, kind: string | null, version: number, at: string, owner: string, order: string, payloadOmitted: boolean, item: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null, previous: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null } | null };

export type OnItemChangeSubscriptionVariables = Exact<{
  filter?: ItemChangeFilterInput | null | undefined;
}>;


export type OnItemChangeSubscription = { onItemChange: { type: ItemChangeType, id: string, kind: string | null, version: number, at: string, owner: string, order: string, payloadOmitted: boolean, item: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null, previous: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null } | null };

export type GetItemQueryVariables = Exact<{
  id: string;
}>;


export type GetItemQuery = { getItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type GetItemsQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type GetItemsQuery = { getItems: Array<{ id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null> };

export type ListItemsQueryVariables = Exact<{
  sortDirection?: SortDirection | null | undefined;
  filter?: ItemFilterInput | null | undefined;
  limit?: number | null | undefined;
  nextToken?: string | null | undefined;
}>;


export type ListItemsQuery = { listItems: { nextToken: string | null, items: Array<{ id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null }> } };

export type PutItemMutationVariables = Exact<{
  input: PutItemInput;
}>;


export type PutItemMutation = { putItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type PutItemsMutationVariables = Exact<{
  input: PutItemsInput;
}>;


export type PutItemsMutation = { putItems: { items: Array<{ id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null }> } | null };

export type UpdateItemMutationVariables = Exact<{
  input: UpdateItemInput;
}>;


export type UpdateItemMutation = { updateItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type DeleteItemMutationVariables = Exact<{
  input: DeleteItemInput;
}>;


export type DeleteItemMutation = { deleteItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type OnPutItemSubscriptionVariables = Exact<{
  id?: string | null | undefined;
  kind?: string | null | undefined;
}>;


export type OnPutItemSubscription = { onPutItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type OnUpdateItemSubscriptionVariables = Exact<{
  id?: string | null | undefined;
  kind?: string | null | undefined;
}>;


export type OnUpdateItemSubscription = { onUpdateItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type OnDeleteItemSubscriptionVariables = Exact<{
  id?: string | null | undefined;
  kind?: string | null | undefined;
}>;


export type OnDeleteItemSubscription = { onDeleteItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export type ListItemsByKindQueryVariables = Exact<{
  kind: string;
  updatedAt?: DateTimeRangeInput | null | undefined;
  sortDirection?: SortDirection | null | undefined;
  filter?: ItemFilterInput | null | undefined;
  limit?: number | null | undefined;
  nextToken?: string | null | undefined;
}>;


export type ListItemsByKindQuery = { listItemsByKind: { nextToken: string | null, items: Array<{ id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null }> } };

export type ItemKindsQueryVariables = Exact<{ [key: string]: never; }>;


export type ItemKindsQuery = { itemKinds: Array<{ kind: string, schema: string }> };

export type PutValidatedItemMutationVariables = Exact<{
  input: PutValidatedItemInput;
}>;


export type PutValidatedItemMutation = { putValidatedItem: { id: string, kind: string | null, payload: string | null, version: number, owner: string | null, createdAt: string, updatedAt: string, expiresAt: number | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ItemFieldsFragmentDoc = new TypedDocumentString(`
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}
    `, {"fragmentName":"ItemFields"}) as unknown as TypedDocumentString<ItemFieldsFragment, unknown>;
export const ItemChangeFieldsFragmentDoc = new TypedDocumentString(`
    fragment ItemChangeFields on ItemChange {
  type
  id
  kind
  version
  at
  owner
  order
  payloadOmitted
  item {
    ...ItemFields
  }
  previous {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`, {"fragmentName":"ItemChangeFields"}) as unknown as TypedDocumentString<ItemChangeFieldsFragment, unknown>;
export const ItemChangesDocument = new TypedDocumentString(`
    query ItemChanges($since: String, $limit: Int) {
  itemChanges(since: $since, limit: $limit) {
    changes {
      ...ItemChangeFields
    }
    cursor
    hasMore
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}
fragment ItemChangeFields on ItemChange {
  type
  id
  kind
  version
  at
  owner
  order
  payloadOmitted
  item {
    ...ItemFields
  }
  previous {
    ...ItemFields
  }
}`) as unknown as TypedDocumentString<ItemChangesQuery, ItemChangesQueryVariables>;
export const PublishItemChangeDocument = new TypedDocumentString(`
    mutation PublishItemChange($input: ItemChangeInput!) {
  publishItemChange(input: $input) {
    ...ItemChangeFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}
fragment ItemChangeFields on ItemChange {
  type
  id
  kind
  version
  at
  owner
  order
  payloadOmitted
  item {
    ...ItemFields
  }
  previous {
    ...ItemFields
  }
}`) as unknown as TypedDocumentString<PublishItemChangeMutation, PublishItemChangeMutationVariables>;
export const OnItemChangeDocument = new TypedDocumentString(`
    subscription OnItemChange($filter: ItemChangeFilterInput) {
  onItemChange(filter: $filter) {
    ...ItemChangeFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}
fragment ItemChangeFields on ItemChange {
  type
  id
  kind
  version
  at
  owner
  order
  payloadOmitted
  item {
    ...ItemFields
  }
  previous {
    ...ItemFields
  }
}`) as unknown as TypedDocumentString<OnItemChangeSubscription, OnItemChangeSubscriptionVariables>;
export const GetItemDocument = new TypedDocumentString(`
    query GetItem($id: ID!) {
  getItem(id: $id) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<GetItemQuery, GetItemQueryVariables>;
export const GetItemsDocument = new TypedDocumentString(`
    query GetItems($ids: [ID!]!) {
  getItems(ids: $ids) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<GetItemsQuery, GetItemsQueryVariables>;
export const ListItemsDocument = new TypedDocumentString(`
    query ListItems($sortDirection: SortDirection, $filter: ItemFilterInput, $limit: Int, $nextToken: String) {
  listItems(
    sortDirection: $sortDirection
    filter: $filter
    limit: $limit
    nextToken: $nextToken
  ) {
    items {
      ...ItemFields
    }
    nextToken
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<ListItemsQuery, ListItemsQueryVariables>;
export const PutItemDocument = new TypedDocumentString(`
    mutation PutItem($input: PutItemInput!) {
  putItem(input: $input) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<PutItemMutation, PutItemMutationVariables>;
export const PutItemsDocument = new TypedDocumentString(`
    mutation PutItems($input: PutItemsInput!) {
  putItems(input: $input) {
    items {
      ...ItemFields
    }
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<PutItemsMutation, PutItemsMutationVariables>;
export const UpdateItemDocument = new TypedDocumentString(`
    mutation UpdateItem($input: UpdateItemInput!) {
  updateItem(input: $input) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<UpdateItemMutation, UpdateItemMutationVariables>;
export const DeleteItemDocument = new TypedDocumentString(`
    mutation DeleteItem($input: DeleteItemInput!) {
  deleteItem(input: $input) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<DeleteItemMutation, DeleteItemMutationVariables>;
export const OnPutItemDocument = new TypedDocumentString(`
    subscription OnPutItem($id: ID, $kind: String) {
  onPutItem(id: $id, kind: $kind) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<OnPutItemSubscription, OnPutItemSubscriptionVariables>;
export const OnUpdateItemDocument = new TypedDocumentString(`
    subscription OnUpdateItem($id: ID, $kind: String) {
  onUpdateItem(id: $id, kind: $kind) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<OnUpdateItemSubscription, OnUpdateItemSubscriptionVariables>;
export const OnDeleteItemDocument = new TypedDocumentString(`
    subscription OnDeleteItem($id: ID, $kind: String) {
  onDeleteItem(id: $id, kind: $kind) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<OnDeleteItemSubscription, OnDeleteItemSubscriptionVariables>;
export const ListItemsByKindDocument = new TypedDocumentString(`
    query ListItemsByKind($kind: String!, $updatedAt: DateTimeRangeInput, $sortDirection: SortDirection, $filter: ItemFilterInput, $limit: Int, $nextToken: String) {
  listItemsByKind(
    kind: $kind
    updatedAt: $updatedAt
    sortDirection: $sortDirection
    filter: $filter
    limit: $limit
    nextToken: $nextToken
  ) {
    items {
      ...ItemFields
    }
    nextToken
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<ListItemsByKindQuery, ListItemsByKindQueryVariables>;
export const ItemKindsDocument = new TypedDocumentString(`
    query ItemKinds {
  itemKinds {
    kind
    schema
  }
}
    `) as unknown as TypedDocumentString<ItemKindsQuery, ItemKindsQueryVariables>;
export const PutValidatedItemDocument = new TypedDocumentString(`
    mutation PutValidatedItem($input: PutValidatedItemInput!) {
  putValidatedItem(input: $input) {
    ...ItemFields
  }
}
    fragment ItemFields on Item {
  id
  kind
  payload
  version
  owner
  createdAt
  updatedAt
  expiresAt
}`) as unknown as TypedDocumentString<PutValidatedItemMutation, PutValidatedItemMutationVariables>;