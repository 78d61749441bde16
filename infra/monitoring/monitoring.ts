import { Construct } from 'constructs';
import type { Recipient } from '../stage.ts';
import { Alarms } from './alarms.ts';
import { budgetOf } from './budget.ts';
import { dashboardOf } from './dashboard.ts';
import { KeyReminder } from './key-reminder.ts';
import { subjectsOf, type Watched } from './subjects.ts';
import { topicOf } from './topic.ts';

export interface MonitoringProps extends Watched {
  stackName: string;
  apiKeyExpires: Date;
  /** Who is told. @default nobody: alarms are seen in CloudWatch alone */
  recipient?: Recipient;
  /** US dollars a month. @default no budget */
  budget?: number;
}

/** What an operator watches, and what tells him: alarms, a dashboard of the same figures, the end of the API key, and a budget. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { stackName, apiKeyExpires, recipient, budget } = props;
    const subjects = subjectsOf(props);
    const topic = recipient && topicOf(this, 'Recipient', recipient);
    const { all } = new Alarms(this, 'Alarms', { stackName, subjects, ...(topic && { topic }) });
    dashboardOf(this, 'Dashboard', { stackName, subjects, alarms: all, apiKeyExpires });
    if (topic) {
      new KeyReminder(this, 'ApiKeyEnds', { stackName, topic, expires: apiKeyExpires });
    }
    if (topic && budget !== undefined) {
      budgetOf(this, 'Budget', { stackName, amount: budget, topic });
    }
  }
}
