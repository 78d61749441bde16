import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

export interface WebAclProps {
  stackName: string;
  api: GraphqlApi;
  /** Requests of one address in five minutes. */
  requestsPerAddress: number;
}

/**
 * Blocks addresses that send too many requests to the API until they send fewer. It has no rules on what requests hold: GraphQL
 * documents and payloads look like attacks to rules that were made for forms.
 */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stackName, api, requestsPerAddress }: WebAclProps) {
    super(scope, id);
    const visible = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible(stackName),
      rules: [
        {
          name: 'RequestsPerAddress',
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: {
              limit: requestsPerAddress,
              aggregateKeyType: 'IP',
              evaluationWindowSec: 300,
            },
          },
          visibilityConfig: visible('RequestsPerAddress'),
        },
      ],
    });
    new CfnWebACLAssociation(this, 'Api', { webAclArn: acl.attrArn, resourceArn: api.arn });
  }
}
