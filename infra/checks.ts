import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CodeChecks } from './code-checks.ts';

/**
 * Checks every resource against cdk-nag's rules, AWS Solutions and Serverless, and every resolver's code against AppSync's own
 * checks, when the app is synthesized; a finding fails the synth. Deliberate exceptions are acknowledged, with their reasons, next to their
 * constructs.
 */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app), new CodeChecks());
}
