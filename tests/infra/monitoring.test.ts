import { describe, expect, test } from 'vitest';
import { ALARMS } from '../../docs/costs/assumptions.ts';
import { apiKeyExpiry } from '../../infra/api-key-expiry.ts';
import {
  ALARM_RULES,
  type AlarmRule,
  REMINDER_DAYS,
  type SubjectKind,
} from '../../infra/monitoring/alarm-rules.ts';
import { EVERYTHING } from '../../proof/everything.ts';
import { readable, type Resource, resources, theOnly } from './harness/readable.ts';
import { synthesize } from './harness/synthesized.ts';

const dev = synthesize().template;
const prod = synthesize({ stage: 'prod' });
const full = synthesize(EVERYTHING).template;

const alarmsIn = (template: typeof dev): Resource['Properties'][] =>
  [...resources(template, 'AWS::CloudWatch::Alarm').values()].map(({ Properties }) => Properties);

/** `ReadThrottleEvents DataItems byOwner`: the metric of an alarm and what it is of. */
const watched = ({ MetricName, Dimensions }: Resource['Properties']): string =>
  [MetricName, ...Dimensions.map(({ Value }: Resource['Properties']) => readable(Value)).reverse()].join(' ');

describe('alarms', () => {
  const alarms = alarmsIn(prod.template);

  test('watch the API, each table and index, each Lambda function, and the change feed, and nothing else', () => {
    const tables = [...resources(prod.template, 'AWS::DynamoDB::GlobalTable')].flatMap(
      ([
        id,
        {
          Properties: { GlobalSecondaryIndexes = [] },
        },
      ]) => [
        id,
        ...GlobalSecondaryIndexes.map(({ IndexName }: { IndexName: string }) => `${id} ${IndexName}`),
      ],
    );
    const functions = [...resources(prod.template, 'AWS::Lambda::Function').keys()];

    expect(tables).toEqual(expect.arrayContaining(['DataItems', 'DataItems byOwner', 'DataConstraints']));
    const subjects: Record<SubjectKind, string[]> = {
      api: ['ItemsApi.ApiId'],
      table: tables,
      function: functions,
      // part: change-feed
      publisher: ['ChangeFeedPublishItemChangeFunction'],
      deadLetters: ['ChangeFeedDeadLetters.QueueName'],
      // end: change-feed
    };
    expect(alarms.map(watched).sort()).toEqual(
      Object.values<AlarmRule>(ALARM_RULES)
        .flatMap(({ of, metric }) => subjects[of].map((subject) => `${metric} ${subject}`))
        .sort(),
    );
  });

  test('go off above the figures of the table, and not for want of data', () => {
    for (const alarm of alarms) {
      const [, rule] = Object.entries<AlarmRule>(ALARM_RULES).find(
        ([, { metric }]) => metric === alarm.MetricName,
      )!;
      expect(alarm).toMatchObject({
        Namespace: rule.namespace,
        ...(rule.statistic === 'p99' ? { ExtendedStatistic: 'p99' } : { Statistic: rule.statistic }),
        Period: rule.minutes * 60,
        EvaluationPeriods: rule.points,
        Threshold: rule.above,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'notBreaching',
      });
    }
  });

  test('have names and words that a mail can have', () => {
    for (const { AlarmName, AlarmDescription } of alarms) {
      expect(AlarmName).toMatch(/^appsync-items-prod-[\w-]+$/);
      expect(AlarmDescription).toMatch(/^It means: .*\. Look at: .*\. See docs\/operations\.md, "Alarms"\.$/);
      expect(AlarmDescription).not.toMatch(/[`[\]]|\.md\)/);
      // CloudWatch API reference, PutMetricAlarm.
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    }
    expect(new Set(alarms.map(({ AlarmName }) => AlarmName)).size).toBe(alarms.length);
  });

  test('reach nobody in production by default, and a deployment says so', () => {
    expect(alarms.filter(({ AlarmActions }) => AlarmActions)).toEqual([]);
    expect(said(prod.stack)).toEqual([
      expect.stringMatching(/^Alarms of appsync-items-prod have no recipient: pass -c alarmEmail=/),
    ]);
  });

  test('are not in a stage of development, unless it has somebody to tell', () => {
    const told = synthesize({ alarmTopic: 'arn:aws:sns:eu-west-1:123456789012:alarms' });

    expect(alarmsIn(dev)).toEqual([]);
    expect(dev.findResources('AWS::CloudWatch::Dashboard')).toEqual({});
    expect(alarmsIn(told.template)).toHaveLength(alarms.length);
    expect(said(told.stack)).toEqual([]);
    for (const { AlarmActions } of alarmsIn(told.template)) {
      expect(AlarmActions).toEqual(['arn:aws:sns:eu-west-1:123456789012:alarms']);
    }
    expect(told.template.findResources('AWS::SNS::Topic')).toEqual({});
  });

  const said = ({ node }: typeof prod.stack): unknown[] =>
    node.metadata.filter(({ type }) => type === 'aws:cdk:info').map(({ data }) => data);
});

// part: costs
/** What the stack has as it comes, whose costs the page computes; what is added to it costs more. */
const COUNTED =
  / (?:ItemsApi|DataItems|DataItems by(?:Owner|Kind)|DataConstraints|DataChanges|PutValidatedItemFunction|ChangeFeed\w+)(?:\.\w+)?$/;

test('are as many as the page of costs counts', () => {
  expect(
    alarmsIn(prod.template)
      .map(watched)
      .filter((alarm) => COUNTED.test(alarm)),
  ).toHaveLength(ALARMS);
});
// end: costs

describe('with an address', () => {
  test('every alarm is sent to a topic that the address subscribes to', () => {
    const subscription = theOnly(full, 'AWS::SNS::Subscription').Properties;

    expect(subscription).toMatchObject({ Protocol: 'email', Endpoint: EVERYTHING.alarmEmail });
    expect(readable(subscription.TopicArn)).toBe('MonitoringRecipient');
    for (const { AlarmActions } of alarmsIn(full)) {
      expect(AlarmActions.map(readable)).toEqual(['MonitoringRecipient']);
    }
  });

  test('CloudWatch and Budgets of this account may send to the topic, and nobody in the clear', () => {
    const { Statement } = theOnly(full, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;

    expect(Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  test('the last days of the API key are told, by a schedule that a deployment moves', () => {
    const { StartDate, EndDate, ScheduleExpression, Target } = theOnly(
      full,
      'AWS::Scheduler::Schedule',
    ).Properties;
    const { date } = apiKeyExpiry();
    const input = JSON.parse(readable(Target.Input));

    expect(EndDate).toBe(date.toISOString());
    expect(Date.parse(EndDate) - Date.parse(StartDate)).toBe(REMINDER_DAYS * 24 * 3600 * 1000);
    expect(ScheduleExpression).toBe('rate(7 days)');
    expect(readable(Target.Arn)).toBe('arn:AWS::Partition:scheduler:::aws-sdk:sns:publish');
    expect(input.TopicArn).toBe('MonitoringRecipient');
    expect(input.Message).toContain(date.toISOString());
  });

  test('the schedule may send to that topic and do nothing else', () => {
    const policies = [...resources(full, 'AWS::IAM::Policy')].filter(([id]) => id.startsWith('Scheduler'));
    const role = [...resources(full, 'AWS::IAM::Role')].find(([id]) => id.startsWith('Scheduler'))![1];

    expect(policies.map(([, { Properties }]) => Properties.PolicyDocument.Statement)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: 'sns:Publish',
          Resource: { Ref: expect.stringMatching(/^MonitoringRecipient/) },
        },
      ],
    ]);
    expect(JSON.stringify(role.Properties.AssumeRolePolicyDocument)).toContain('scheduler.amazonaws.com');
  });

  test('a budget counts what bears the tag of the stack, and tells the same topic', () => {
    const { Budget, NotificationsWithSubscribers } = theOnly(full, 'AWS::Budgets::Budget').Properties;

    expect(Budget).toEqual({
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: 50, Unit: 'USD' },
      CostFilters: { TagKeyValue: ['user:stack$appsync-items-prod'] },
    });
    expect(
      NotificationsWithSubscribers.map(({ Notification, Subscribers }: Resource['Properties']) => [
        Notification.NotificationType,
        Notification.Threshold,
        readable(Subscribers[0].Address),
      ]),
    ).toEqual([
      ['ACTUAL', 80, 'MonitoringRecipient'],
      ['FORECASTED', 100, 'MonitoringRecipient'],
    ]);
  });
});

describe('the dashboard', () => {
  const { DashboardName, DashboardBody } = theOnly(prod.template, 'AWS::CloudWatch::Dashboard').Properties;
  const { widgets } = JSON.parse(readable(DashboardBody)) as { widgets: Resource['Properties'][] };
  const graphs = widgets.filter(({ type }) => type === 'metric').map(({ properties }) => properties);

  test('is named as the stack, and says when the API key ends', () => {
    expect(DashboardName).toBe('appsync-items-prod');
    expect(widgets[0]!.properties.markdown).toContain(apiKeyExpiry().date.toISOString().slice(0, 10));
  });

  test('shows the state of every alarm', () => {
    const { alarms } = widgets.find(({ type }) => type === 'alarm')!.properties;

    expect(alarms).toHaveLength(alarmsIn(prod.template).length);
  });

  test('has the figures of every alarm with their thresholds, and how busy the API is', () => {
    const alarmed = new Set(alarmsIn(prod.template).map(({ MetricName }) => MetricName));
    const rules = Object.entries<AlarmRule>(ALARM_RULES).filter(([, { metric }]) => alarmed.has(metric));

    expect(graphs.map(({ title }) => title)).toEqual(['requests', ...rules.map(([name]) => name)]);
    for (const [index, [, { metric, above }]] of rules.entries()) {
      const { metrics, annotations } = graphs[index + 1];
      expect(metrics[0][1]).toBe(metric);
      expect(annotations?.horizontal.map(({ value }: { value: number }) => value)).toEqual(
        above > 0 ? [above] : undefined,
      );
    }
    const shown = graphs.slice(1).reduce((sum, { metrics }) => sum + metrics.length, 0);
    expect(shown).toBe(alarmsIn(prod.template).length);
  });

  test('overlaps nowhere', () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, n) => `${x + (n % width)},${y + Math.floor(n / width)}`),
    );

    expect(new Set(cells).size).toBe(cells.length);
  });
});
