import { App } from 'aws-cdk-lib';
import { addChecks } from '../checks.ts';
import { frozenContext } from '../items-app.ts';
import { runApp } from '../run-app.ts';
import { DeliveryStack } from './delivery-stack.ts';
import { readDelivery } from './delivery.ts';

await runApp(() => {
  const app = new App({ context: frozenContext() });
  new DeliveryStack(app, 'Delivery', readDelivery(app.node));
  addChecks(app);
  app.synth();
});
