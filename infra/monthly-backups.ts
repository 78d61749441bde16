import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

export interface MonthlyBackupsProps {
  /** The vault stays after the stack is deleted, and nobody can delete what is in it before its time. */
  production: boolean;
  tables: readonly ITableV2[];
  /** How long each backup is kept. */
  months: number;
}

const DAYS_OF_A_MONTH = 31;

/**
 * A backup of each table on the first of the month, by AWS Backup, for what point-in-time recovery has forgotten after 35 days. Backups
 * start within an hour of 01:00 UTC, each table at a moment of its own.
 */
export class MonthlyBackups extends Construct {
  constructor(scope: Construct, id: string, { production, tables, months }: MonthlyBackupsProps) {
    super(scope, id);
    const backupVault = new BackupVault(this, 'Vault', {
      blockRecoveryPointDeletion: production,
      removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    const plan = new BackupPlan(this, 'Plan', {
      backupVault,
      backupPlanRules: [
        new BackupPlanRule({
          ruleName: 'Monthly',
          scheduleExpression: Schedule.cron({ day: '1', hour: '1', minute: '0' }),
          startWindow: Duration.hours(1),
          completionWindow: Duration.days(1),
          deleteAfter: Duration.days(months * DAYS_OF_A_MONTH),
        }),
      ],
    });
    const selection = plan.addSelection('Tables', {
      resources: tables.map(({ tableArn }) => BackupResource.fromArn(tableArn)),
    });
    Validations.of(selection).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
      reason: "AWS Backup's own policy, which AWS keeps up with what a backup needs.",
    });
  }
}
