import { expect } from 'vitest';
import { adopt } from './harness/adopt.ts';

const WHO_MAY = 'tests/api/harness/who-may.ts';

adopt('a group that reads everything and writes nothing is one row', async ({ copy, does, isRefused }) => {
  copy.insertBefore(
    'model/caller.ts',
    /^ {2}\{\n {4}authType: 'User Pool Authorization',\n {4}group: null,/,
    `  {
    authType: 'User Pool Authorization',
    group: 'auditors',
    readsAll: true,
    writesAll: false,
    writesOwn: false,
    owns: false,
  },`,
  );
  const test = () =>
    copy.test(
      ['api (memory)', 'unit', 'infra'],
      'api/permissions.test',
      'unit/model/caller.test',
      'infra/users.test',
    );

  const asked = () =>
    copy.test(['api (memory)'], 'api/permissions.test', '--testNamePattern=what may callers');

  await does('typecheck', () => copy.script('typecheck'));
  await isRefused('what may', asked, 'what may callers of `auditors` do?', `say it in ${WHO_MAY}`);
  copy.insertBefore(
    WHO_MAY,
    /^ {2}IAM: \{/,
    "  auditors: { credentials: { mode: 'user', user: 'auditor', groups: ['auditors'] }, owns: false, ...EVERYTHING, write: [] },",
  );
  copy.write(
    WHO_MAY,
    copy
      .read(WHO_MAY)
      .replaceAll("only: ['User Pool', 'admins',", "only: ['User Pool', 'admins', 'auditors',"),
  );
  await does('tests', test);

  expect(copy.edited).toEqual(['model/caller.ts', WHO_MAY]);
});
