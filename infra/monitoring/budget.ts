import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { BUDGET_FORECAST, BUDGET_SPENT } from './alarm-rules.ts';

export interface BudgetProps {
  stackName: string;
  /** US dollars a month. */
  amount: number;
  topic: ITopic;
}

/**
 * A budget of what is tagged with the stack's name. AWS counts by a tag once it was activated for cost allocation, by hand, in the
 * account that pays (Billing User Guide, "Activating user-defined cost allocation tags"). It has no name of its own, because a
 * change of its notifications replaces it (CloudFormation, AWS::Budgets::Budget), and a name cannot be used twice.
 */
export function budgetOf(scope: Construct, id: string, { stackName, amount, topic }: BudgetProps): CfnBudget {
  const told = (notificationType: string, threshold: number) => ({
    notification: {
      notificationType,
      threshold,
      comparisonOperator: 'GREATER_THAN',
      thresholdType: 'PERCENTAGE',
    },
    subscribers: [{ subscriptionType: 'SNS', address: topic.topicArn }],
  });
  return new CfnBudget(scope, id, {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:stack$${stackName}`] },
    },
    notificationsWithSubscribers: [told('ACTUAL', BUDGET_SPENT), told('FORECASTED', BUDGET_FORECAST)],
  });
}
