import { describe, expect, test } from 'vitest';
import {
  after,
  API,
  dev,
  type Edit,
  expectLosses,
  GET_ITEM,
  inSchema,
  KEY,
  of,
  providerOf,
  renamed,
} from './harness/edits.ts';

/*
 * What the gate of `npm run deploy` says of edits of the API, its schema, and who may call it.
 */

const EXPECTED_VERSION =
  '  "Absent: the last writer wins. 0: create only. n: only if the current version is n."\n  expectedVersion: Int\n';

describe('refuses, by name', () => {
  test.each<[what: string, edit: Edit, names: string[], given?: Edit]>([
    ['an API that moves in the code', renamed(API), [`remove:${API}`]],
    [
      'an API that the internet no longer reaches',
      (all) => (of(all, API).Visibility = 'PRIVATE'),
      [`replace:${API}`],
    ],
    [
      'lower limits of the API',
      (all) => Object.assign(of(all, API), { QueryDepthLimit: 5, ResolverCountLimit: 10 }),
      [`limit:${API}.QueryDepthLimit`, `limit:${API}.ResolverCountLimit`],
      (all) => (of(all, API).ResolverCountLimit = 0),
    ],
    ['an API key that ends earlier', (all) => (of(all, KEY).Expires -= 86_400), [`expiry:${KEY}`]],
    [
      'a field that is gone',
      inSchema('getItem(id: ID!): Item', 'itemOf(id: ID!): Item'),
      ['schema:Query.getItem'],
    ],
    [
      'an argument that becomes required',
      inSchema('getItems(ids: [ID!]!)', 'getItems(ids: [ID!]!, all: Boolean!)'),
      ['schema:Query.getItems.all'],
    ],
    [
      'a field that may be null from now on',
      inSchema(
        'createdAt: AWSDateTime!\n  "When the item was last',
        'createdAt: AWSDateTime\n  "When the item was last',
      ),
      ['schema:Item.createdAt'],
    ],
    [
      'an argument that is gone',
      inSchema('getItem(id: ID!, at: ID): Item', GET_ITEM),
      ['schema:Query.getItem.at'],
      inSchema(GET_ITEM, 'getItem(id: ID!, at: ID): Item'),
    ],
    [
      'a type, a value of an enum and a member of an input that are gone',
      (all) => {
        inSchema('type More { more: String }', '')(all);
        inSchema('DESC', '')(all);
        inSchema(EXPECTED_VERSION, '')(all);
      },
      ['schema:More', 'schema:PutItemInput.expectedVersion', 'schema:SortDirection.DESC'],
      inSchema('enum SortDirection', 'type More { more: String }\nenum SortDirection'),
    ],
    [
      'another type of a field',
      inSchema(GET_ITEM, 'getItem(id: ID!): ItemConnection'),
      ['schema:Query.getItem'],
    ],
    // part: change-feed
    [
      'a filter that a subscription no longer takes',
      inSchema('onItemChange(filter: ItemChangeFilterInput)', 'onItemChange'),
      ['schema:Subscription.onItemChange.filter'],
    ],
    // end: change-feed
    [
      'tokens of another pool',
      (all) => (providerOf(all).UserPoolConfig.UserPoolId = 'eu-west-1_other'),
      ['access:AMAZON_COGNITO_USER_POOLS'],
    ],
    [
      'fewer groups of a field',
      inSchema('["Admins", "Readers"]', '["Admins"]'),
      ['access:Query.getItem'],
      inSchema(GET_ITEM, `${GET_ITEM} @aws_cognito_user_pools(cognito_groups: ["Admins", "Readers"])`),
    ],
    [
      'a mutation that a subscription no longer hears of',
      inSchema('mutations: ["updateItem"]', 'mutations: ["putItem"]'),
      ['subscription:Subscription.onUpdateItem'],
    ],
    [
      'a mode that the API no longer takes',
      (all) => of(all, API).AdditionalAuthenticationProviders.shift(),
      ['access:AWS_IAM'],
    ],
    [
      'a type that is closed to API keys, field by field',
      inSchema('type ItemConnection @aws_api_key @aws_iam', 'type ItemConnection @aws_iam'),
      ['access:ItemConnection.items', 'access:ItemConnection.nextToken'],
    ],
    [
      'a field that only a group may ask for',
      inSchema(
        '  getItem(id: ID!): Item',
        '  getItem(id: ID!): Item @aws_api_key @aws_iam @aws_cognito_user_pools(cognito_groups: ["Admins"])',
      ),
      ['access:Query.getItem'],
    ],
  ])('%s', async (_, edit, names, given) => {
    expectLosses(await after(edit, dev, given), names);
  });
});

describe('lets pass', () => {
  test.each<[what: string, edit: Edit, given?: Edit]>([
    ['a new field', inSchema('  getItem(id: ID!): Item', '  getItem(id: ID!): Item\n  more: String')],
    [
      'a field that is deprecated',
      inSchema('  getItem(id: ID!): Item', '  getItem(id: ID!): Item @deprecated'),
    ],
    [
      'a field that more callers may ask for',
      inSchema(
        '@aws_subscribe(mutations: ["deleteItem"])',
        '@aws_subscribe(mutations: ["deleteItem"]) @aws_api_key',
      ),
    ],
    [
      'more groups of a field',
      inSchema('["Admins"]', '["Admins", "Readers"]'),
      inSchema(GET_ITEM, `${GET_ITEM} @aws_cognito_user_pools(cognito_groups: ["Admins"])`),
    ],
    [
      'groups by a directive that AppSync ignores beside other modes',
      inSchema(GET_ITEM, `${GET_ITEM} @aws_auth(cognito_groups: ["Admins"])`),
    ],
    [
      'a default mode that had its turn as another one, where every type says who may ask',
      (all) => {
        const api = of(all, API);
        const users = providerOf(all);
        api.AdditionalAuthenticationProviders = [
          ...api.AdditionalAuthenticationProviders.filter((each: unknown) => each !== users),
          { AuthenticationType: 'API_KEY' },
        ];
        const UserPoolConfig = { DefaultAction: 'ALLOW', ...users.UserPoolConfig };
        Object.assign(api, { ...users, UserPoolConfig });
      },
    ],
    ['an API key that ends later', (all) => (of(all, KEY).Expires += 86_400)],
    ['higher limits of the API', (all) => delete of(all, API).QueryDepthLimit],
  ])('%s', async (_, edit, given) => {
    expect(await after(edit, dev, given)).toEqual([]);
  });
});
