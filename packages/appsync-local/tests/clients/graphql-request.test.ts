import { ClientError, GraphQLClient } from 'graphql-request';
import { describe, expect, it } from 'vitest';
import { LOCAL_API_KEY, LOCAL_CREDENTIALS } from '../../src/ground/local-credentials.ts';
import { signedHeaders } from '../harness/sign.ts';
import { GET_ITEM, itemOf, PAYLOAD, PUT_ITEM } from './harness/operations.ts';
import { serverForClients } from './harness/server.ts';

const server = serverForClients();

type Middleware = NonNullable<ConstructorParameters<typeof GraphQLClient>[1]>['requestMiddleware'];

const addHeaders =
  (headersFor: (body: string) => Promise<Record<string, string>>): Middleware =>
  async (request) => ({
    ...request,
    headers: {
      ...Object.fromEntries(new Headers(request.headers as Record<string, string>)),
      ...(await headersFor(String(request.body))),
    },
  });

describe('graphql-request writes and reads', () => {
  it.each([
    ['an API key', null, addHeaders(async () => ({ 'x-api-key': LOCAL_API_KEY }))],
    ['a Cognito user', 'alice', addHeaders(async () => ({ authorization: await server.token('alice') }))],
    ['IAM', null, addHeaders((body) => signedHeaders(new URL(server.graphqlUrl()), body, LOCAL_CREDENTIALS))],
  ])('as %s', async (caller, owner, requestMiddleware) => {
    const client = new GraphQLClient(server.graphqlUrl(), { requestMiddleware });
    const id = `graphql-request-${caller}`;

    const put = await client.request(PUT_ITEM, { input: { id, payload: PAYLOAD } });
    const get = await client.request(GET_ITEM, { id });

    expect(put).toEqual({ putItem: itemOf(id, owner) });
    expect(get).toEqual({ getItem: itemOf(id, owner) });
  });
});

describe('graphql-request', () => {
  it('throws the API’s error with its errorType', async () => {
    const client = new GraphQLClient(server.graphqlUrl(), { headers: { 'x-api-key': LOCAL_API_KEY } });

    const refused = client.request(PUT_ITEM, { input: { id: ' ' } });

    await expect(refused).rejects.toThrow(ClientError);
    await expect(refused).rejects.toMatchObject({ response: { errors: [{ errorType: 'BadRequest' }] } });
  });

  it('throws a refusal of its credentials', async () => {
    const client = new GraphQLClient(server.graphqlUrl(), { headers: { 'x-api-key': 'da2-wrong' } });

    await expect(client.request(GET_ITEM, { id: 'any' })).rejects.toMatchObject({
      response: { status: 401, errors: [{ errorType: 'UnauthorizedException' }] },
    });
  });
});
