import { describe, expect, it } from 'vitest';
import { createAdmission } from '../../../src/http/admission.ts';
import type { AdmissionOptions } from '../../../src/http/admission.ts';

const HERE = 'localhost:4000';

/** The origin that may read the answer, or the reason why the request is refused. */
function judge(headers: Record<string, string>, options: AdmissionOptions = {}, method = 'POST') {
  try {
    return createAdmission(options)({ method, headers: { host: HERE, ...headers } });
  } catch (error) {
    return (error as Error).message;
  }
}

describe('the host a request names', () => {
  it.each([
    'localhost',
    'LOCALHOST:4000',
    'app.localhost:1',
    '127.0.0.1:4000',
    '127.9.8.7',
    '[::1]:4000',
    '10.0.2.2:4000', // the Android emulator's name for the machine it runs on
  ])('may be %s', (host) => {
    expect(judge({ host })).toBeNull();
  });

  it.each([
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    'localhost:4000.evil.example',
    '127.0.0.1.evil.example',
    '128.0.0.1',
    '10.0.0.5',
    '[fe80::1]:4000',
    '[::1',
    'localhost, evil.example',
    '',
  ])('may not be "%s", whatever the origin', (host) => {
    expect(judge({ host })).toContain(`is not known as "${host}"`);
    expect(judge({ host, origin: `http://${host}` })).toContain('is not known as');
    expect(judge({ host, origin: 'http://localhost:3000' })).toContain('is not known as');
  });

  it('may be a name that the server was given', () => {
    expect(judge({ host: 'devbox:4000' }, { hostNames: ['DevBox'] })).toBeNull();
    expect(judge({ host: 'other.devbox:4000' }, { hostNames: ['DevBox'] })).toContain('is not known as');
  });

  it('may be any address, but no other name, where the server listens on all', () => {
    const options = { anyAddress: true };

    expect(judge({ host: '192.168.1.7:4000' }, options)).toBeNull();
    expect(judge({ host: '[fe80::1]:4000' }, options)).toBeNull();
    expect(judge({ host: 'evil.example:4000' }, options)).toContain('is not known as');
  });
});

describe('the page a request comes from', () => {
  it.each([
    'http://localhost:3000',
    'https://localhost',
    'http://app.localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]:3000',
  ])('may be one of the loopback name in %s', (origin) => {
    expect(judge({ origin, 'sec-fetch-site': 'same-site' })).toBe(origin);
  });

  it.each([
    'https://evil.example',
    'http://localhost.evil.example',
    'http://evil.example:4000',
    'http://localhost@evil.example',
    'http://evil.example/localhost',
    'null',
    'file://',
    'chrome-extension://localhost',
    'capacitor://localhost',
    'http://',
    '',
  ])('may not be "%s"', (origin) => {
    expect(judge({ origin })).toContain(`Pages of ${origin} may not call this server`);
  });

  it('may be one that was allowed, and no other port or scheme of it', () => {
    const options = { origins: ['https://app.example', 'null'] };

    expect(judge({ origin: 'https://app.example' }, options)).toBe('https://app.example');
    expect(judge({ origin: 'null' }, options)).toBe('null');
    expect(judge({ origin: 'http://app.example' }, options)).toContain('may not call');
    expect(judge({ origin: 'https://app.example:8443' }, options)).toContain('may not call');
    expect(judge({ origin: 'https://sub.app.example' }, options)).toContain('may not call');
  });

  it('may be the server’s own, by whatever name it is known', () => {
    const options = { hostNames: ['devbox'] };
    const host = 'devbox:4000';

    expect(judge({ host, origin: 'https://devbox:4000' }, options)).toBe('https://devbox:4000');
    expect(judge({ host, origin: 'http://devbox:3000' }, options)).toContain('may not call');
  });

  it('is told apart by Sec-Fetch-Site where a browser sends no origin', () => {
    const fromElsewhere = { 'sec-fetch-site': 'cross-site' };

    expect(judge({})).toBeNull();
    expect(judge({ 'sec-fetch-site': 'none' })).toBeNull();
    expect(judge({ 'sec-fetch-site': 'same-origin' })).toBeNull();
    expect(judge(fromElsewhere, {}, 'GET')).toContain('does not answer requests of other sites’ pages');
  });

  it('may follow a link to the console, which is all a navigation does', () => {
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

    expect(judge(link, {}, 'GET')).toBeNull();
    expect(judge(link, {}, 'POST')).toContain('does not answer requests of other sites’ pages');
  });
});

it('tells once who was refused and what lets them in, and not without end', () => {
  const lines: string[] = [];
  const admit = createAdmission({ report: (line) => void lines.push(line) });
  const send = (headers: Record<string, string>): void => {
    expect(() => admit({ method: 'POST', headers: { host: HERE, ...headers } })).toThrow();
  };

  for (let time = 0; time < 3; time += 1) {
    send({ origin: 'https://app.example' });
  }
  send({ host: 'devbox:4000' });
  for (let other = 0; other < 100; other += 1) {
    send({ origin: `https://${'x'.repeat(5000)}${other}` });
  }
  for (let other = 0; other < 100; other += 1) {
    send({ origin: `https://o${other}.example` });
  }

  expect(lines[0]).toBe(
    'refused a page of https://app.example; pass --allow-origin https://app.example to admit it',
  );
  expect(lines[1]).toBe(
    'refused a request for the host "devbox:4000"; if that is this server, pass --allow-host NAME',
  );
  expect(lines).toHaveLength(20);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(700);
});
