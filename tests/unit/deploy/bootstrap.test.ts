import { expect, it } from 'vitest';
import { checkBootstrap } from '../../../deploy/bootstrap.ts';
import { openAccount } from '../../../deploy/deployed.ts';
import { type Answer, type Aws, awsOfEachTest, json } from './harness/aws.ts';

let aws: Aws;
const startAws = awsOfEachTest();
async function start(parameter: Answer): Promise<void> {
  aws = await startAws({ GetParameter: parameter });
}

it('an account without a bootstrap is told how to get one', async () => {
  await start(json({ __type: 'ParameterNotFound' }, 400));

  await expect(checkBootstrap(await openAccount(), {})).rejects.toThrow(
    /^account 123456789012 is not prepared for the CDK in eu-west-1: run npx cdk bootstrap aws:\/\/123456789012\/eu-west-1 once/,
  );
});

it('the qualifier of the context is looked for', async () => {
  await start(json({ Parameter: { Value: '28' } }));

  await checkBootstrap(await openAccount(), { '@aws-cdk/core:bootstrapQualifier': 'shop' });

  expect(aws.bodies.at(-1)?.input).toEqual({ Name: '/cdk-bootstrap/shop/version' });
});

it('who may not look is not kept from deploying', async () => {
  await start(json({ __type: 'AccessDeniedException', message: 'you may not' }, 400));

  await expect(checkBootstrap(await openAccount(), {})).resolves.toBeUndefined();
});
