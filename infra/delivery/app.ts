import { App } from 'aws-cdk-lib';
import { addChecks } from '../checks.ts';
import { frozenContext } from '../items-app.ts';
import { Mistake } from '../mistake.ts';
import { DeliveryStack } from './delivery-stack.ts';
import { readDelivery } from './delivery.ts';

try {
  const app = new App({ context: frozenContext() });
  new DeliveryStack(app, 'Delivery', readDelivery(app.node));
  addChecks(app);
  app.synth();
} catch (error) {
  if (!(error instanceof Mistake)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
