import { expect, it } from 'vitest';
import { standingCost, standingCostLine } from '../../../deploy/standing-cost.ts';

const template = {
  Resources: {
    Table: { Type: 'AWS::DynamoDB::GlobalTable' },
    Simple: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
    Ratio: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { Metrics: [{ Expression: 'a/b' }, { MetricStat: {} }, { MetricStat: {} }] },
    },
    Board: { Type: 'AWS::CloudWatch::Dashboard' },
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{}, {}] } },
  },
};

it('a template costs by the month what its alarms, dashboards and web ACLs do', () => {
  // 3 metrics of alarms at 0.10, a dashboard at 3, a web ACL at 5 and two rules at 1.
  expect(standingCost(template)).toBeCloseTo(10.3);
  expect(standingCost(undefined)).toBe(0);
});

it('the line has both', () => {
  expect(standingCostLine(undefined, template)).toMatch(
    /^Standing cost by list prices: \$0\.00 a month before, \$10\.30 after;/,
  );
});
