import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmRule } from './alarm-rules.ts';
import type { Subject } from './subjects.ts';

/** What a rule looks at in one subject. An alarm of it has no label, which would make it an alarm on an expression. */
export const metricOf = (
  { namespace, metric, statistic, minutes }: AlarmRule,
  { dimensions }: Subject,
): Metric =>
  new Metric({
    namespace,
    metricName: metric,
    statistic,
    period: Duration.minutes(minutes),
    dimensionsMap: dimensions,
  });
