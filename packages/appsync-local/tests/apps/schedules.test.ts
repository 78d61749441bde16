import { join } from 'node:path';
import { App, aws_scheduler as scheduler, Duration, Stack } from 'aws-cdk-lib';
import * as appsync from 'aws-cdk-lib/aws-appsync';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { expect, it } from 'vitest';
import { graphql, startLocal } from '../server/harness/local-server.ts';
import { temporaryDirectory } from './harness/foreign-app.ts';

const temporaryFolder = temporaryDirectory();

/** An API whose function also runs by the clock: by a rule, by a rule with a pattern besides, and by EventBridge Scheduler. */
function scheduledApp(): string {
  const outdir = join(temporaryFolder, 'cdk.out');
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Notes');
  const api = new appsync.GraphqlApi(stack, 'NotesApi', {
    name: 'notes',
    definition: appsync.Definition.fromFile(join(import.meta.dirname, 'refusals.graphql')),
  });
  const tidy = new lambda.Function(stack, 'Tidy', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => "tidy";'),
  });
  api.addLambdaDataSource('Tidy', tidy).createResolver('Note', { typeName: 'Query', fieldName: 'note' });
  const schedule = events.Schedule.rate(Duration.minutes(5));
  const target = new targets.LambdaFunction(tidy);
  new events.Rule(stack, 'Nightly', { schedule, targets: [target] });
  new events.Rule(stack, 'Either', { schedule, eventPattern: { source: ['notes'] }, targets: [target] });
  new scheduler.CfnScheduleGroup(stack, 'Group');
  new scheduler.CfnSchedule(stack, 'Hourly', {
    flexibleTimeWindow: { mode: 'OFF' },
    scheduleExpression: 'rate(1 hour)',
    target: { arn: tidy.functionArn, roleArn: tidy.role!.roleArn },
  });
  app.synth();
  return outdir;
}

it('schedules do not run, are named at the start, and stop nothing', async () => {
  const server = await startLocal(['--memory', '--app', scheduledApp()]);

  expect(await graphql(server.origin, '{ note }')).toEqual({ note: 'tidy' });
  expect(server.output).toMatch(/^EventBridge rule Nightly\w+ has a schedule, which does not run here\.$/m);
  expect(server.output).toMatch(/^EventBridge rule Either\w+ has a schedule, which does not run here\.$/m);
  expect(server.output).toMatch(
    /^Not emulated, no effect here: .*1 AWS::Scheduler::ScheduleGroup.*1 AWS::Scheduler::Schedule\b/m,
  );
});
