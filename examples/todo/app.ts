import * as cdk from 'aws-cdk-lib';
import { TodoStack } from './todo-stack.ts';

const app = new cdk.App();
new TodoStack(app, 'TodoStack', { env: { account: '123456789012', region: 'eu-central-1' } });
app.synth();
