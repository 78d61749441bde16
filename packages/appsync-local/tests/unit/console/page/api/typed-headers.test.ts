import { describe, expect, it } from 'vitest';
import { pageModule } from '../../harness/page-module.ts';

interface Caller {
  name: string;
  key: string;
  headers(body: string): Promise<Record<string, string>>;
  realtimeHeaders(path: string, body: string): Promise<Record<string, string>>;
}

describe('headers that somebody has typed', () => {
  const caller = {
    title: 'API key',
    name: 'API key',
    key: 'a',
    hint: '',
    headers: async () => ({ 'x-api-key': 'own', Accept: '*/*' }),
    realtimeHeaders: async () => ({ host: 'localhost', 'x-api-key': 'own' }),
  };

  const typed = async (headers: Record<string, string>) =>
    (await pageModule('api/typed-headers.ts')).withTypedHeaders!(caller, headers) as Caller;

  it('win over those of the caller, in whatever case', async () => {
    const { name, headers, realtimeHeaders } = await typed({ ACCEPT: 'text/plain', 'x-trace': '1' });

    expect(name).toBe('API key');
    expect(await headers('')).toEqual({ 'x-api-key': 'own', ACCEPT: 'text/plain', 'x-trace': '1' });
    expect(await realtimeHeaders('', '')).toMatchObject({ 'x-api-key': 'own', 'x-trace': '1' });
  });

  it('replace all that the caller sends where credentials are among them', async () => {
    const { name, key, headers } = await typed({ authorization: 'expired', 'x-trace': '1' });

    expect(name).toBe('authorization of the Headers tab');
    expect(key).not.toBe(caller.key);
    expect(await headers('')).toEqual({ authorization: 'expired', 'x-trace': '1' });
  });

  it('change nothing where there are none', async () => {
    expect(await typed({})).toBe(caller);
  });
});
