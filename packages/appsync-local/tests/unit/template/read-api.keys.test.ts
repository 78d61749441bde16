import { expect, test } from 'vitest';
import { apiId, changed, readWith, resource } from './harness/minimal-api.ts';

const LOCAL_API_KEY = 'da2-localdevkey000000000000000';

test('gives the first key of an API the well-known value and each other one its own, the same every time', () => {
  const keys = {
    First: resource('AWS::AppSync::ApiKey', { ApiId: apiId }),
    Second: resource('AWS::AppSync::ApiKey', { ApiId: apiId, Expires: 1_800_000_000 }),
    Third: resource('AWS::AppSync::ApiKey', { ApiId: apiId }),
  };

  const { api } = readWith(keys);

  expect(api.apiKeys).toEqual([
    { logicalId: 'First', key: LOCAL_API_KEY },
    { logicalId: 'Second', key: expect.stringMatching(/^da2-[a-z0-9]{26}$/), expires: 1_800_000_000 },
    { logicalId: 'Third', key: expect.stringMatching(/^da2-[a-z0-9]{26}$/) },
  ]);
  expect(new Set(api.apiKeys.map(({ key }) => key)).size).toBe(3);
  expect(readWith(keys).api.apiKeys).toEqual(api.apiKeys);
});

test('tells the same key wherever the template asks for it', () => {
  const keyOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'ApiKey'] });
  const { api } = readWith({
    First: resource('AWS::AppSync::ApiKey', { ApiId: apiId }),
    Second: resource('AWS::AppSync::ApiKey', { ApiId: apiId }),
    ...changed('Api', { EnvironmentVariables: { FIRST: keyOf('First'), SECOND: keyOf('Second') } }),
  });

  expect(api.environment).toEqual({ FIRST: api.apiKeys[0]!.key, SECOND: api.apiKeys[1]!.key });
});
