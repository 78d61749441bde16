import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { ComparisonOperator, type IAlarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ALARM_RULES, type AlarmRule } from './alarm-rules.ts';
import { metricOf } from './metric.ts';
import type { Subject, Subjects } from './subjects.ts';

export interface AlarmsProps {
  /** Prefix of the names, which are the subjects of mails: `appsync-items-prod-write-throttles-items-byOwner`. */
  stackName: string;
  subjects: Subjects;
  /** Where they are sent. @default nowhere */
  topic?: ITopic;
}

/** An alarm of each subject for each rule of the table. */
export class Alarms extends Construct {
  /** In the order of the table. */
  readonly all: IAlarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.all = Object.entries<AlarmRule>(ALARM_RULES).flatMap(([name, rule]) =>
      props.subjects[rule.of].map((subject) => this.alarm(name, rule, subject, props)),
    );
  }

  /** It is not sent when it ends: a new alarm ends at once, so each deployment that adds some would send as many mails. */
  private alarm(name: string, rule: AlarmRule, subject: Subject, { stackName, topic }: AlarmsProps): Alarm {
    const title = [name, ...subject.name.split('/')].filter(Boolean).join('-');
    const alarm = metricOf(rule, subject).createAlarm(this, title, {
      alarmName: `${stackName}-${title}`,
      alarmDescription: inWords(rule),
      threshold: rule.above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: rule.points,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      // The worst of a hundred requests is known from a hundred on.
      ...(rule.statistic === 'p99' && { evaluateLowSampleCountPercentile: 'ignore' }),
    });
    if (topic) {
      alarm.addAlarmAction(new SnsAction(topic));
    }
    return alarm;
  }
}

const inWords = ({ means, do: advice }: AlarmRule): string =>
  `It means: ${means}. Look at: ${advice}. See docs/operations.md, "Alarms".`.replaceAll('`', '');
