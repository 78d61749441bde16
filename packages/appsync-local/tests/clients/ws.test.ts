import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { signedHeaders } from '../harness/sign.ts';
import {
  itemOf,
  ON_ITEM_CHANGE,
  ON_PUT_ITEM,
  PAYLOAD,
  PUT_ITEM,
  type Subscription,
} from './harness/operations.ts';
import { type CredentialForm, type Credentials, listen, subscribed } from './harness/realtime.ts';
import { serverForClients } from './harness/server.ts';

const server = serverForClients();

const withApiKey: Credentials = async () => ({ 'x-api-key': LOCAL_API_KEY }); // part: change-feed
const asAlice: Credentials = async () => ({ authorization: await server.token('alice') });
const signed: Credentials = (path, body) =>
  signedHeaders(new URL(path, server.origin()), body, LOCAL_CREDENTIALS);

const CALLERS: [string, string | null, Credentials, Subscription][] = [
  ['an API key', null, withApiKey, ON_ITEM_CHANGE], // part: change-feed
  ['a Cognito user', 'alice', asAlice, ON_PUT_ITEM],
  ['IAM', null, signed, ON_PUT_ITEM],
];
const FORMS: CredentialForm[] = ['sub-protocol', 'query string'];

const hear = ({ query }: Subscription, id: string, credentials: Credentials, form: CredentialForm) =>
  subscribed<{ data: unknown }>((listener) => {
    const operation = { query, variables: { id } };
    onTestFinished(listen(server.graphqlUrl(), credentials, operation, listener, form));
  });

async function post(operation: object, credentials: Credentials): Promise<unknown> {
  const body = JSON.stringify(operation);
  const headers = { 'content-type': 'application/json', ...(await credentials('/graphql', body)) };
  const response = await fetch(server.graphqlUrl(), { method: 'POST', headers, body });
  return response.json();
}

describe('a hand-written client on ws', () => {
  it.each(
    FORMS.flatMap((form) =>
      CALLERS.map(([name, owner, credentials, subscription]) => ({
        form,
        name,
        owner,
        credentials,
        subscription,
      })),
    ),
  )('is told of changes, as $name in the $form', async ({ form, name, owner, credentials, subscription }) => {
    const id = `ws-${name}-${form}`;
    const { received } = await hear(subscription, id, credentials, form);

    const put = await post({ query: PUT_ITEM, variables: { input: { id, payload: PAYLOAD } } }, credentials);

    expect(put).toEqual({ data: { putItem: itemOf(id, owner) } });
    expect(await received).toEqual({ data: subscription.eventOf(itemOf(id, owner)) });
  });

  it.each(FORMS)('hears why credentials are refused, in the %s', async (form) => {
    const refusal = hear(ON_PUT_ITEM, 'any', async () => ({ 'x-api-key': 'da2-wrong' }), form);

    await expect(refusal).rejects.toMatchObject({
      errors: [{ errorType: 'UnauthorizedException', message: 'You are not authorized to make this call.' }],
    });
  });
});
