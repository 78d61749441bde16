import { Aws, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Recipient } from '../stage.ts';

/** The topic that reaches the recipient: one of the stack for an address, or the one that was named. */
export function topicOf(scope: Construct, id: string, recipient: Recipient): ITopic {
  return 'topicArn' in recipient
    ? Topic.fromTopicArn(scope, id, recipient.topicArn)
    : mailingTopic(scope, id, recipient.email);
}

/**
 * It has no key of its own: CloudWatch cannot send to a topic with the key that AWS manages, and one's own costs a dollar a month
 * (CloudWatch User Guide, "Amazon SNS encryption permissions"); an alarm's mail holds figures, no items.
 */
function mailingTopic(scope: Construct, id: string, email: string): Topic {
  const topic = new Topic(scope, id, { enforceSSL: true });
  // The policy that demands TLS replaces the one by which services of the account may send.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: ['cloudwatch', 'budgets'].map(
        (service) => new ServicePrincipal(`${service}.amazonaws.com`),
      ),
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  const subscription = topic.addSubscription(new EmailSubscription(email));
  Validations.of(subscription).acknowledge({
    id: 'Serverless::Serverless-SNSRedrivePolicy',
    reason:
      'A mail that SNS could not deliver is of no use in a queue; the alarm itself stays in CloudWatch.',
  });
  return topic;
}
