import { describe, expect, it } from 'vitest';
import { readCredentials, selectSubprotocol } from '../../../src/realtime/handshake.ts';
import { encode, handshake } from './harness/connection.ts';

describe('the subprotocol', () => {
  it.each<[string[], string | false]>([
    [['graphql-ws'], 'graphql-ws'],
    [['header-e30', 'graphql-ws'], 'graphql-ws'],
    [['graphql-transport-ws'], false],
    [[], false],
  ])('for %j is %s', (offered, selected) => {
    expect(selectSubprotocol(new Set(offered))).toBe(selected);
  });
});

describe('credentials', () => {
  it('in a subprotocol go before those in the query, and these before HTTP headers', () => {
    const host = 'localhost:4000';
    const url = `/graphql/realtime?header=${encode({ host, from: 'query' })}`;
    const headers = { authorization: 'from headers' };

    const all = readCredentials(
      handshake({ protocols: [`header-${encode({ host, from: 'protocol' })}`], url, headers }),
    );
    const two = readCredentials(handshake({ protocols: [], url, headers }));
    const one = readCredentials(handshake({ protocols: [], headers }));

    expect([all, two, one]).toEqual([
      { host, from: 'protocol' },
      { host, from: 'query' },
      { authorization: 'from headers' },
    ]);
  });

  it.each<[unknown, boolean]>([
    [{ 'x-api-key': 'good' }, false],
    [{ host: '', 'x-api-key': 'good' }, false],
    [{ host: 4000, 'x-api-key': 'good' }, false],
    [{ Host: 'localhost:4000', 'X-Api-Key': 'good' }, true],
  ])('need a host, in any letter case: %j', (header, taken) => {
    const [protocols, url] = [[`header-${encode(header)}`], `/graphql?header=${encode(header)}`];

    expect(readCredentials(handshake({ protocols }))).toEqual(taken ? header : null);
    expect(readCredentials(handshake({ protocols: [], url }))).toEqual(taken ? header : null);
  });

  it.each(['W10', 'bnVsbA', 'Nw', '!!!', ''])('that are no JSON object are none: %s', (text) => {
    expect(readCredentials(handshake({ protocols: [`header-${text}`] }))).toBeNull();
  });
});
