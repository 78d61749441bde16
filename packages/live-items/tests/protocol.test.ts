import { describe, expect, it } from 'vitest';
import { hostOf } from '../src/authorization.ts';
import { headerObject, realtimeUrlOf, subProtocols } from '../src/protocol.ts';

describe('the real-time URL', () => {
  it.each([
    [
      'https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-central-1.amazonaws.com/graphql',
      'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.eu-central-1.amazonaws.com/graphql',
    ],
    [
      'https://abcdefghijklmnopqrstuvwxyz.appsync-api.cn-north-1.amazonaws.com.cn/graphql',
      'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.cn-north-1.amazonaws.com.cn/graphql',
    ],
    ['https://api.example.com/graphql', 'wss://api.example.com/graphql/realtime'],
    ['http://localhost:4000/graphql', 'ws://localhost:4000/graphql/realtime'],
  ])('of %s is %s', (url, realtimeUrl) => {
    expect(realtimeUrlOf(url)).toBe(realtimeUrl);
  });
});

it('offers the credentials as a sub-protocol that a WebSocket takes, whatever letters they have', () => {
  const authorization = { host: 'localhost:4000', authorization: 'ü~~~???🎈' };

  const [protocol, header] = subProtocols(authorization);

  expect(protocol).toBe('graphql-ws');
  expect(header).toMatch(/^header-[A-Za-z0-9_-]+$/);
  const decoded = Buffer.from(header.slice('header-'.length), 'base64url').toString();
  expect(JSON.parse(decoded)).toEqual(authorization);
});

it('names who calls and the host as the developer guide spells them, however the credentials do', () => {
  const url = 'https://api.example/graphql';

  expect(headerObject(url, { authorization: 'a.b.c' })).toEqual({
    host: 'api.example',
    Authorization: 'a.b.c',
  });
  expect(headerObject(url, { 'x-api-key': 'da2-key' })).toEqual({
    host: 'api.example',
    'x-api-key': 'da2-key',
  });
});

it.each(['localhost:4000/graphql', 'ws://localhost:4000/graphql', ''])('refuses "%s" for good', (url) => {
  expect(() => hostOf(url)).toThrow(
    expect.objectContaining({
      remedy: 'none',
      message: `url is "${url}"; it must be the API's URL, which begins with https:// or http://`,
    }),
  );
});
