import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DeployFailure } from './deploy-failure.ts';
import { type Account, clientOptions } from './deployed.ts';

/** Of the CDK, unless the context has another (CDK Developer Guide, "Customize CDK bootstrapping"). */
const QUALIFIER = 'hnb659fds';

/**
 * Looks for the version that `cdk bootstrap` leaves in the account's region, as the CDK CLI does after the synth. An account that
 * does not show it to these credentials may have it.
 * @throws DeployFailure where there is none
 */
export async function checkBootstrap(account: Account, context: Record<string, unknown>): Promise<void> {
  const { id, region, profile } = account;
  const qualifier = String(context['@aws-cdk/core:bootstrapQualifier'] ?? QUALIFIER);
  const client = new SSMClient(clientOptions(profile, region));
  try {
    await client.send(new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` }));
  } catch (error) {
    if ((error as Error).name === 'ParameterNotFound') {
      const option = profile === undefined ? '' : ` --profile ${profile}`;
      throw new DeployFailure(
        `account ${id} is not prepared for the CDK in ${region}: run npx cdk bootstrap aws://${id}/${region}${option} once, or set AWS_REGION to a region that is`,
        { cause: error },
      );
    }
  } finally {
    client.destroy();
  }
}
