import { createRequire } from 'node:module';
import { App, type AppProps } from 'aws-cdk-lib';
import { ItemsStack } from './items-stack.ts';
import { readStage } from './stage.ts';

// Without the CDK CLI an app reads no cdk.json, so the flags are given here: both ways create the same template.
const flags = createRequire(import.meta.url)('aws-cdk-lib/recommended-feature-flags.json') as Record<
  string,
  unknown
>;

/**
 * The CDK app with its one stack, `Items`, for the stage in the context (`stage.ts`). The caller synthesizes it: an app that
 * fails with a mistake must not write half an assembly.
 * @throws Mistake for an invalid context value, or a schema and resolvers that AppSync would refuse
 */
export function itemsApp(props: AppProps = {}): App {
  const app = new App({ autoSynth: false, ...props, context: { ...flags, ...props.context } });
  new ItemsStack(app, 'Items', readStage(app.node));
  return app;
}
