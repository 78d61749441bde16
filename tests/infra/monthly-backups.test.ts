import { describe, expect, test } from 'vitest';
import { readable, theOnly } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

describe.each([
  ['dev', 'Delete', undefined],
  ['prod', 'Retain', 'backup:DeleteRecoveryPoint'],
])('monthly backups in %s', (stage, policy, denied) => {
  const { template } = synthesize({ stage, backupMonths: '12' });

  test('hold every table, on the first of the month, for as long as was said', () => {
    const [rule] = theOnly(template, 'AWS::Backup::BackupPlan').Properties.BackupPlan.BackupPlanRule;
    const { Resources } = theOnly(template, 'AWS::Backup::BackupSelection').Properties.BackupSelection;
    const tables = Object.values(template.findResources('AWS::DynamoDB::GlobalTable'));

    expect(rule).toMatchObject({
      ScheduleExpression: 'cron(0 1 1 * ? *)',
      Lifecycle: { DeleteAfterDays: 372 },
    });
    expect(Resources.map(readable)).toContain('DataItems.Arn');
    expect(Resources).toHaveLength(tables.length);
  });

  test('stay where data stays', () => {
    const vault = theOnly(template, 'AWS::Backup::BackupVault');

    expect(vault.DeletionPolicy).toBe(policy);
    expect(vault.Properties.AccessPolicy?.Statement[0].Action.includes(denied)).toBe(denied && true);
  });
});

test('there are none unless they are asked for', () => {
  expect(synthesize({ stage: 'prod' }).template.findResources('AWS::Backup::BackupPlan')).toEqual({});
});
