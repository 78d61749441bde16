import { expect, test } from 'vitest';
import { changed, readWith } from './harness/minimal-api.ts';

test('lists an imported user pool by its id, so that tokens can be issued for it', () => {
  const app = readWith(
    changed('Api', {
      AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
      UserPoolConfig: { UserPoolId: 'eu-west-1_imported', DefaultAction: 'ALLOW' },
    }),
  );

  expect(app.userPools).toEqual([
    { logicalId: 'eu-west-1_imported', userPoolId: 'eu-west-1_imported', clients: [] },
  ]);
});
