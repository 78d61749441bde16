import {
  apiKey,
  type Credentials,
  type Document,
  iam,
} from '../../../packages/appsync-local/tests/harness/target.ts';
import { admin, alice } from '../../../packages/appsync-local/tests/harness/users.ts';
import {
  DeleteItemDocument,
  GetItemDocument,
  GetItemsDocument,
  ItemChangesDocument,
  ItemKindsDocument,
  ListItemsByKindDocument,
  ListItemsDocument,
  OnDeleteItemDocument,
  OnItemChangeDocument,
  OnPutItemDocument,
  OnUpdateItemDocument,
  PublishItemChangeDocument,
  PutItemDocument,
  PutItemsDocument,
  PutValidatedItemDocument,
  UpdateItemDocument,
} from '../../../schema/generated/operations.ts';
import { eventually, newName, succeed } from './api.ts';
import {
  type Attempt,
  type Heard,
  hearing,
  type Meeting,
  reading,
  type Made,
  makeValidated,
  validatedPayload,
  writing,
} from './attempts.ts';
import { sinceTestBegan } from './test-began.ts';

/*
 * The permissions as the tests expect them, written down a second time: docs/security.md says why each is so. Every kind of caller in
 * model/caller.ts has a row in CALLERS, every field of the schema one in FIELDS.
 */

/** Whose items: of nobody, of the caller itself, of another user. */
export type Whose = 'nobody' | 'own' | 'another';
/** To list is also to hear of items and of their changes. */
type Deed = 'read' | 'list' | 'write';

interface CallerRow extends Record<Deed, Whose[]> {
  credentials: Credentials;
  /** It owns what it creates. */
  owns: boolean;
}

const EVERYBODYS: Whose[] = ['nobody', 'own', 'another'];
const EVERYTHING = { read: EVERYBODYS, list: EVERYBODYS, write: EVERYBODYS };

/** By the group of the user pool, or for those without one by the authorization mode. */
export const CALLERS: Record<string, CallerRow> = {
  'API Key': { credentials: apiKey, owns: false, read: ['nobody'], list: ['nobody'], write: ['nobody'] },
  'User Pool': { credentials: alice, owns: true, read: ['nobody', 'own'], list: ['own'], write: ['own'] },
  admins: { credentials: admin, owns: false, ...EVERYTHING },
  IAM: { credentials: iam, owns: false, ...EVERYTHING },
};

interface FieldRow {
  /** What the caller must be allowed to do with an item to reach it through this field; null where the field shows no item. */
  deed: Deed | null;
  /** The callers that the field is for, by their names in CALLERS. Default: all. */
  only?: string[];
  /** Makes the item that the field is tried on. Default: one without a kind. */
  make?: (maker: Credentials, expiresAt?: number) => Promise<Made>;
  /** The ways to try, by what is special about them. */
  attempts: Record<string, Attempt>;
}

export const FIELDS: Record<string, FieldRow> = {
  'Query.getItem': { deed: 'read', attempts: { '': reading(GetItemDocument, ({ id }) => ({ id })) } },
  'Query.getItems': {
    deed: 'read',
    attempts: { '': reading(GetItemsDocument, ({ id }) => ({ ids: [id] })) },
  },
  'Query.listItems': {
    deed: 'list',
    attempts: { '': listing(ListItemsDocument, ({ secret }) => ({ filter: withPayload('secret', secret) })) },
  },
  // part: validated-items
  'Query.listItemsByKind': {
    deed: 'list',
    make: makeValidated,
    attempts: {
      '': listing(ListItemsByKindDocument, ({ secret }) => ({
        kind: 'product',
        filter: withPayload('name', secret),
      })),
    },
  },
  'Query.itemKinds': { deed: null, attempts: { '': free(ItemKindsDocument, {}) } },
  // end: validated-items
  'Query.itemChanges': { deed: 'list', attempts: { '': following } }, // part: change-feed
  'Mutation.putItem': {
    deed: 'write',
    attempts: {
      '': writing(PutItemDocument, ({ id }) => ({ input: { id, payload: '2' } })),
      'with a token': writing(PutItemDocument, ({ id }) => ({
        input: { id, payload: '2', clientRequestToken: newName() },
      })),
    },
  },
  'Mutation.putItems': {
    deed: 'write',
    attempts: { '': writing(PutItemsDocument, ({ id }) => ({ input: { items: [{ id, payload: '2' }] } })) },
  },
  'Mutation.updateItem': {
    deed: 'write',
    attempts: { '': writing(UpdateItemDocument, ({ id }) => ({ input: { id, payload: '{"b":2}' } })) },
  },
  'Mutation.deleteItem': {
    deed: 'write',
    attempts: {
      '': writing(DeleteItemDocument, ({ id }) => ({ input: { id } })),
      'at a version': writing(DeleteItemDocument, ({ id }) => ({ input: { id, expectedVersion: 1 } })),
    },
  },
  // part: validated-items
  'Mutation.putValidatedItem': {
    deed: 'write',
    attempts: {
      '': writing(PutValidatedItemDocument, ({ id }) => ({
        input: { id, kind: 'product', payload: validatedPayload('written') },
      })),
    },
  },
  // end: validated-items
  // part: change-feed
  'Mutation.publishItemChange': {
    deed: null,
    only: ['IAM'],
    attempts: {
      '': free(PublishItemChangeDocument, {
        input: {
          id: 'nothing',
          type: 'DELETED',
          version: 1,
          at: '2026-11-24T12:00:00Z',
          owner: '',
          order: '',
          payloadOmitted: true,
        },
      }),
    },
  },
  'Subscription.onItemChange': {
    deed: 'list',
    attempts: { '': hearing(OnItemChangeDocument, ({ id }) => ({ filter: { id: { eq: id } } })) },
  },
  // end: change-feed
  'Subscription.onPutItem': {
    deed: 'list',
    only: ['User Pool', 'admins', 'IAM'],
    attempts: { '': hearing(OnPutItemDocument, ({ id }) => ({ id })) },
  },
  'Subscription.onUpdateItem': {
    deed: 'list',
    only: ['User Pool', 'admins', 'IAM'],
    attempts: { '': hearing(OnUpdateItemDocument, ({ id }) => ({ id })) },
  },
  'Subscription.onDeleteItem': {
    deed: 'list',
    only: ['User Pool', 'admins', 'IAM'],
    attempts: { '': hearing(OnDeleteItemDocument, ({ id }) => ({ id })) },
  },
};

const withPayload = (path: string, value: string) => ({ payload: [{ path, eq: JSON.stringify(value) }] });

/** A field that shows no item: it is reached by having no error. */
export function free<Variables>(document: Document<unknown, Variables>, variables: Variables): Attempt {
  return writing(document, () => variables);
}

/** All pages, once the item is in the index of its maker's listing. */
function listing<Variables>(
  document: Document<Record<string, { nextToken: string | null }>, Variables>,
  variables: (meeting: Meeting) => Variables,
): Attempt {
  const page = (nextToken: string | null) =>
    reading(document, (meeting) => ({ ...variables(meeting), limit: 100, nextToken }));
  const pages = async (meeting: Meeting, nextToken: string | null = null): Promise<Heard> => {
    const heard = await page(nextToken)(meeting);
    const next = tokenIn(heard.text);
    if (next === null || heard.reached) {
      return heard;
    }
    return pages(meeting, next);
  };
  return async (meeting) => {
    if (meeting.isExpired) {
      return pages(meeting);
    }
    await eventually(async () => {
      if (!(await pages({ ...meeting, caller: meeting.maker })).reached) {
        throw new Error('its maker does not list the item');
      }
    });
    return pages(meeting);
  };
}

function tokenIn(text: string): string | null {
  const { data } = JSON.parse(text) as { data: Record<string, { nextToken: string | null } | null> | null };
  return Object.values(data ?? {})[0]?.nextToken ?? null;
}

// part: change-feed
/** All pages of the log, once the log of the item's maker has it. */
async function following(meeting: Meeting): Promise<Heard> {
  const pages = async (caller: Credentials, since: string): Promise<string> => {
    const { itemChanges } = await succeed(ItemChangesDocument, { since, limit: 100 }, caller);
    const text = JSON.stringify({ itemChanges });
    return itemChanges.changes.length === 0 ? '' : text + (await pages(caller, itemChanges.cursor));
  };
  const awaited = meeting.isExpired ? meeting.id : meeting.secret;
  await eventually(async () => {
    if (!(await pages(meeting.maker, sinceTestBegan())).includes(awaited)) {
      throw new Error("its maker's log does not have the item");
    }
  });
  const text = await pages(meeting.caller, sinceTestBegan());
  return { reached: text.includes(meeting.secret), errorTypes: [], text };
}
// end: change-feed
