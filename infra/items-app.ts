import { readFileSync } from 'node:fs';
import { App, type AppProps } from 'aws-cdk-lib';
import { ItemsStack } from './items-stack.ts';
import { fromRoot } from './paths.ts';
import { readStage } from './stage.ts';

/**
 * The context of cdk.json, with the CDK's feature flags: frozen there, so that an upgrade of aws-cdk-lib does not change what is
 * deployed. The CDK CLI passes it on by itself; without the CLI an app reads no cdk.json.
 */
export const frozenContext = (): Record<string, unknown> =>
  (JSON.parse(readFileSync(fromRoot('cdk.json'), 'utf8')) as { context: Record<string, unknown> }).context;

/**
 * The CDK app with its one stack, `Items`, for the stage in the context (`stage.ts`). The caller synthesizes it: an app that
 * fails with a mistake must not write half an assembly.
 * @throws Mistake for an invalid context value, or a schema and resolvers that AppSync would refuse
 */
export function itemsApp(props: AppProps = {}): App {
  const app = new App({ autoSynth: false, ...props, context: { ...frozenContext(), ...props.context } });
  new ItemsStack(app, 'Items', readStage(app.node));
  return app;
}
