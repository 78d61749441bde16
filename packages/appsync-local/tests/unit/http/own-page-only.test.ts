import { expect, test } from 'vitest';
import { requireOwnPage } from '../../../src/http/own-page-only.ts';

const check = (headers: Record<string, string>) => () =>
  requireOwnPage({ path: '/_local/requests', headers: { host: 'localhost:4000', ...headers } });

test.each([
  ['a program', {}],
  ['an address typed in', { 'sec-fetch-site': 'none' }],
  ['the console', { 'sec-fetch-site': 'same-origin' }],
  ['the console, from a browser that names it', { origin: 'http://localhost:4000' }],
])('answers %s', (_, headers) => {
  expect(check(headers)).not.toThrow();
});

test.each([
  ['of another port of this machine', { origin: 'http://localhost:3000' }],
  ['of another port, which asks without saying its name', { 'sec-fetch-site': 'same-site' }],
  ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['without an origin', { origin: 'null' }],
])('refuses a page %s', (_, headers) => {
  expect(check(headers)).toThrow('answers only the console and programs on this machine');
});
