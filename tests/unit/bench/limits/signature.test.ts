import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { signer } from '../../../../functions/publish-item-change/signature.ts';

const { createVerifier } = (await import(
  new URL('../../../../bench/limits/signature.mjs', import.meta.url).href
)) as {
  createVerifier(path: string, caller: object): (headers: Record<string, string>, body: string) => boolean;
};

const CALLER = {
  AWS_ACCESS_KEY_ID: 'AKIALOCAL',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_REGION: 'us-east-1',
};
const NOW = Date.UTC(2026, 10, 30, 12);
const BODY = '{"query":"mutation { a }"}';

function sign({ secretAccessKey = CALLER.AWS_SECRET_ACCESS_KEY, now = NOW } = {}) {
  const credentials = { accessKeyId: CALLER.AWS_ACCESS_KEY_ID, secretAccessKey, sessionToken: 'token' };
  const signing = { credentials: async () => credentials, region: async () => CALLER.AWS_REGION };
  return signer(new URL('http://127.0.0.1:4000/graphql'), signing, () => now)(BODY);
}

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

test('the least verifier knows what the publishing function signs, second after second', async () => {
  const isSigned = createVerifier('/graphql', CALLER);

  expect(isSigned(await sign(), BODY)).toBe(true);
  expect(isSigned(await sign(), BODY)).toBe(true);
  expect(isSigned(await sign({ now: NOW + 1_000 }), BODY)).toBe(true);
});

test('it refuses everything else', async () => {
  const isSigned = createVerifier('/graphql', CALLER);
  const signed = await sign();

  expect(isSigned(signed, '{}')).toBe(false);
  expect(isSigned({ ...signed, host: 'localhost' }, BODY)).toBe(false);
  expect(isSigned(await sign({ secretAccessKey: 'guessed' }), BODY)).toBe(false);
  expect(isSigned(await sign({ now: NOW - 600_000 }), BODY)).toBe(false);
  expect(isSigned({ host: '127.0.0.1:4000' }, BODY)).toBe(false);
});
