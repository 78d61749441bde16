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
    const url = `/graphql/realtime?header=${encode({ from: 'query' })}`;
    const headers = { authorization: 'from headers' };

    const all = readCredentials(
      handshake({ protocols: [`header-${encode({ from: 'protocol' })}`], url, headers }),
    );
    const two = readCredentials(handshake({ protocols: [], url, headers }));
    const one = readCredentials(handshake({ protocols: [], headers }));

    expect([all, two, one]).toEqual([
      { from: 'protocol' },
      { from: 'query' },
      { authorization: 'from headers' },
    ]);
  });

  it.each(['W10', 'bnVsbA', 'Nw', '!!!', ''])('that are no JSON object are none: %s', (text) => {
    expect(readCredentials(handshake({ protocols: [`header-${text}`] }))).toBeNull();
  });
});
