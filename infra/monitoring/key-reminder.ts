import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { REMINDER_DAYS, REMINDER_EVERY_DAYS } from './alarm-rules.ts';

export interface KeyReminderProps {
  stackName: string;
  topic: ITopic;
  expires: Date;
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * Tells the recipient in the last days of the API key that it ends. AppSync has no metric of that, and an alarm on an expression
 * of metric math needs a metric that has data even when nobody calls; a schedule knows the date from the deployment, and each
 * deployment that renews the key moves it.
 */
export class KeyReminder extends Construct {
  constructor(scope: Construct, id: string, { stackName, topic, expires }: KeyReminderProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      description: `The API key of ${stackName} ends on ${expires.toISOString()}`,
      schedule: ScheduleExpression.rate(Duration.days(REMINDER_EVERY_DAYS)),
      start: new Date(expires.getTime() - REMINDER_DAYS * DAY_MS),
      end: expires,
      target: new Universal({
        service: 'sns',
        action: 'publish',
        input: ScheduleTargetInput.fromObject({
          TopicArn: topic.topicArn,
          Subject: `The API key of ${stackName} ends soon`.slice(0, 100),
          Message: messageOf(stackName, expires),
        }),
        policyStatements: [new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] })],
      }),
    });
  }
}

const messageOf = (stackName: string, expires: Date): string =>
  [
    `The API key of ${stackName} ends on ${expires.toISOString()}. From then on every request with it gets 401.`,
    'Deploy the stack again, which renews the key with the same value: docs/operations.md, "Keys and credentials".',
  ].join('\n\n');
